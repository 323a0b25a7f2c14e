package io.cartlog.cli.views;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "views",
        subcommands = {
            ViewsRebuildCommand.class,
            ViewsStatusCommand.class,
            ViewsDiffCommand.class,
            ViewsVerifyCommand.class,
            ViewsPromoteCommand.class,
            ViewsRollbackCommand.class,
            ViewsDropCommand.class
        },
        description = {
            "Builds the views anew out of the log, beside those that are read, proves them, and"
                    + " changes over.",
            ""
        })
public final class ViewsCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
