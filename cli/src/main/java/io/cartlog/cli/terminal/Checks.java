package io.cartlog.cli.terminal;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// What a person typed that cannot be: ends with [ExitCode#USAGE] and the command's usage.
public final class Checks {
    private Checks() {}

    public static void require(boolean holds, CommandSpec spec, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /// What `value` gives; an illegal argument is the person's.
    public static <T> T usage(CommandSpec spec, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
