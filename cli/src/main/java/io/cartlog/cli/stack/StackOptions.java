package io.cartlog.cli.stack;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Which stack a command means; a mixin of every command that needs one.
public final class StackOptions {
    @SuppressWarnings("NullAway.Init")
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:CARTLOG_DATA:-.cartlog}",
            description = "the data folder (default: CARTLOG_DATA, else .cartlog)")
    Path data = Path.of(".cartlog");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "${env:CARTLOG_PORT:-8080}",
            description =
                    "the first of ten ports; it is the public address (default: CARTLOG_PORT, else"
                            + " 8080)")
    int port = 8080;

    /// @throws CommandLine.ParameterException if a value is not usable
    public Stack stack() {
        return Stack.open(settings());
    }

    /// A stack that is stopped again within a minute or two, if it is not running already.
    ///
    /// @throws CommandLine.ParameterException if a value is not usable
    public Stack shortLivedStack() {
        return Stack.open(settings().shortLived());
    }

    private StackSettings settings() {
        try {
            Path home = Path.of(System.getenv().getOrDefault("CARTLOG_HOME", "."));
            return new StackSettings(home, data, port, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command.commandLine(), message(e), e);
        }
    }

    private static String message(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
