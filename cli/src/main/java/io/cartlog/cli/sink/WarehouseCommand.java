package io.cartlog.cli.sink;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "warehouse",
        subcommands = WarehouseRebuildCommand.class,
        description = {"Builds the warehouse anew.", ""})
public final class WarehouseCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
