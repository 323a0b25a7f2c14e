package io.cartlog.cli.load;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        description = "Loads a file, or shoppers of our own, through the public batch endpoint.",
        subcommands = {
            LoadRetailCommand.class,
            LoadBehaviourCommand.class,
            LoadCartCommand.class,
            LoadGeneratedCommand.class
        })
public final class LoadCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "say what to load: retail FILE, behaviour FILE, cart FILE, or generated");
    }
}
