package io.cartlog.cli.lake;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "lake",
        subcommands = {
            LakeExportCommand.class,
            LakeSnapshotsCommand.class,
            LakeFilesCommand.class,
            LakeCompactCommand.class,
            LakeExpireCommand.class,
            LakeCleanCommand.class
        },
        description = {
            "Exports a snapshot of the lake as files, shows what the lake is made of, and looks"
                    + " after its files. The last it also does by itself every hour.",
            ""
        })
public final class LakeCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
