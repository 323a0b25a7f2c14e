package io.cartlog.cli.imports;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        subcommands = {
            ImportPutCommand.class,
            ImportRunCommand.class,
            ImportListCommand.class,
            ImportStatusCommand.class
        },
        description = {
            "Imports files that lie under imports/ of the bucket: retail, behaviour and cart files,"
                    + " plain or gzipped, told by their first line. Each is imported once, and makes"
                    + " the same commands as `./cartlog load`.",
            ""
        })
public final class ImportCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }
}
