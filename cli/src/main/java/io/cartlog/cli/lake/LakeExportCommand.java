package io.cartlog.cli.lake;

import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Writes a snapshot of the lake into folders by the hour of log time:"
                    + " year=/month=/day=/hour=. The same snapshot always gives the same bytes.",
            "",
            "Tables on such folders for Athena: ops/athena.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog lake export --format json --to raw",
            "  ./cartlog lake export --format csv --layout hive --to staging",
            "  ./cartlog lake snapshots"
        })
final class LakeExportCommand implements Callable<Integer> {
    /// What the files are written as.
    enum Format {
        json,
        csv,
        parquet
    }

    /// How they are laid out.
    enum Layout {
        hive
    }

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin LakeOptions lake = new LakeOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "one of ${COMPLETION-CANDIDATES}")
    Format format = Format.json;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "hive",
            description = "${COMPLETION-CANDIDATES}, the only one (default: ${DEFAULT-VALUE})")
    Layout layout = Layout.hive;

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--to",
            paramLabel = "FOLDER",
            required = true,
            description = "is made; nothing may be in it")
    Path to;

    @Option(
            names = "--snapshot",
            paramLabel = "ID",
            description = "as ./cartlog lake snapshots lists them (default: the newest)")
    @Nullable Long snapshot;

    @Override
    public Integer call() {
        ExportFolder folder = new ExportFolder(to);
        Checks.require(folder.isEmpty(), spec, "there is something in " + to);
        lake.service()
                .download(
                        LakeOptions.BASE
                                + "export?format="
                                + format
                                + (snapshot == null ? "" : "&snapshot=" + snapshot),
                        folder::fill);
        lake.print(folder.manifest(), text(folder));
        return ExitCode.DONE;
    }

    private String text(ExportFolder folder) {
        return "%,d rows of snapshot %s in %,d files under %s"
                .formatted(
                        folder.manifest().path("rows").asLong(),
                        folder.manifest().path("snapshot").asString(""),
                        folder.manifest().path("files").asLong(),
                        to);
    }
}
