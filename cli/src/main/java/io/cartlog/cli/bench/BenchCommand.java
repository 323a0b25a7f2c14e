package io.cartlog.cli.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        subcommands = {
            BenchCommandsCommand.class,
            BenchRebuildCommand.class,
            BenchReportsCommand.class,
            BenchMemoryCommand.class,
            BenchSinkCommand.class,
            BenchJmhCommand.class
        },
        description = "Measures a running stack, and beside it the limits of the machine.")
public final class BenchCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to measure");
    }
}
