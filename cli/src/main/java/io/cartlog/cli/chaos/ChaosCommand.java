package io.cartlog.cli.chaos;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "chaos",
        subcommands = {ChaosRebuildCommand.class, ChaosOutageCommand.class},
        description =
                "Breaks something in a running stack while shoppers write and read; the exit code is 3"
                        + " when a promise was broken.")
public final class ChaosCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to break");
    }
}
