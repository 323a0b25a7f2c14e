package io.cartlog.cli.imports;

import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = {"Lists the files under imports/ and how far each is.", ""},
        footer = {
            "",
            "Examples:",
            "  ./cartlog import list",
            "  ./cartlog import list --output json"
        })
final class ImportListCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ImportOptions options = new ImportOptions();

    @Override
    public Integer call() {
        try (Bucket bucket = options.bucket()) {
            List<ImportState> files = new Results(bucket).all();
            Terminal.of(spec)
                    .print(
                            options.output.json()
                                    ? Json.pretty(Map.of("files", files))
                                    : table(files));
        }
        return ExitCode.DONE;
    }

    private static TextTable table(List<ImportState> files) {
        TextTable table = new TextTable("file", "bytes", "state");
        files.forEach(file -> table.row(file.file(), file.size(), file.shortText()));
        return table;
    }
}
