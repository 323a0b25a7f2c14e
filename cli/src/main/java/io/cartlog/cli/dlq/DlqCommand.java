package io.cartlog.cli.dlq;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "dlq",
        subcommands = {
            DlqListCommand.class,
            DlqShowCommand.class,
            DlqRetryCommand.class,
            DlqSkipCommand.class
        },
        description = {
            "Shows the records of the log that could not be applied to the views, and lets the"
                    + " accounts that wait for them go on.",
            ""
        })
public final class DlqCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
