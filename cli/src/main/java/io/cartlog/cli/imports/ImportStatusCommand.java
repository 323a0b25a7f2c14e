package io.cartlog.cli.imports;

import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = {"Says how far the import of a file is, or how it went.", ""},
        footer = {
            "",
            "Examples:",
            "  ./cartlog import status data.csv",
            "  ./cartlog import status data.csv --output json"
        })
final class ImportStatusCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ImportOptions options = new ImportOptions();

    @Parameters(paramLabel = "NAME", description = "of the file, under imports/")
    String name = "";

    @Override
    public Integer call() {
        try (Bucket bucket = options.bucket()) {
            Results results = new Results(bucket);
            ImportState state = results.of(results.file(name));
            Terminal.of(spec).print(options.output.json() ? Json.pretty(state) : state.text());
        }
        return ExitCode.DONE;
    }
}
