package io.cartlog.cli.sink;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "sink",
        subcommands = {
            SinkStatusCommand.class,
            SinkLoadCommand.class,
            SinkFailedCommand.class,
            SinkRetryCommand.class
        },
        description = {
            "Shows how far lake and warehouse are, loads what is missing, and names the files that"
                    + " could not be loaded.",
            ""
        })
public final class SinkCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
