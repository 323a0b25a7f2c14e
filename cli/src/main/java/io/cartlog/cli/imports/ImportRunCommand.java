package io.cartlog.cli.imports;

import io.cartlog.cli.load.BulkLoading;
import io.cartlog.cli.load.SendingOptions;
import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Imports what lies under imports/ and is not imported yet, one file after the other.",
            "",
            "A file is read in ranges, several at once, and its lines are sent in their order, as"
                    + " fast as the service takes them. After each part the position is written"
                    + " beside the file, so an import that was killed goes on from there. Lines that"
                    + " are not accepted are in imported/NAME/ETAG/rejects-*.csv, the result in"
                    + " report.json there.",
            "",
            "One run at a time for each data folder. Call it from cron, or let it stay with --watch.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog import run",
            "  ./cartlog import run data.csv --output json",
            "  ./cartlog import run --watch --every 60"
        })
final class ImportRunCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ImportOptions options = new ImportOptions();
    @Mixin SendingOptions sending = new SendingOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "of a file, under imports/ (default: all that wait)")
    @Nullable String name;

    @Option(names = "--watch", description = "stays, and looks for new files")
    boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "${env:CARTLOG_IMPORT_EVERY:-60}",
            description = "how often --watch looks (default: CARTLOG_IMPORT_EVERY, else 60)")
    int every = 60;

    @Option(
            names = "--range",
            paramLabel = "BYTES",
            defaultValue = "8388608",
            description = "bytes that are fetched in one request (default: ${DEFAULT-VALUE})")
    int range = 8 << 20;

    @Option(
            names = "--ranges",
            paramLabel = "N",
            defaultValue = "4",
            description = "ranges that are fetched at once (default: ${DEFAULT-VALUE})")
    int ranges = 4;

    @Option(
            names = "--part",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description =
                    "bytes after which the position is written down (default: ${DEFAULT-VALUE})")
    long part = 64 << 20;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "ISO-8859-1",
            description = "the characters of retail files (default: ${DEFAULT-VALUE})")
    Charset encoding = StandardCharsets.ISO_8859_1;

    @Override
    public Integer call() {
        Checks.usage(spec, sending::pace);
        requireBetween("--every", every, 1, 86_400);
        requireBetween("--range", range, 1_024, 1 << 28);
        requireBetween("--ranges", ranges, 1, 64);
        requireBetween("--part", part, 1, Long.MAX_VALUE / 2);
        Stack stack = options.stack();
        try (RunLock _ = RunLock.of(stack.settings().data());
                Bucket bucket = options.bucket()) {
            return run(stack, bucket, Terminal.of(spec));
        }
    }

    private void requireBetween(String option, long value, long least, long most) {
        Checks.require(
                value >= least && value <= most,
                spec,
                "%s must be between %d and %d, not %d".formatted(option, least, most, value));
    }

    private int run(Stack stack, Bucket bucket, Terminal terminal) {
        BulkLoading loading =
                new BulkLoading(stack.status().http(), stack.opsTokens(), sending.pace());
        Importer importer =
                new Importer(
                        bucket,
                        loading,
                        new Importer.Sizes(range, ranges, part),
                        encoding,
                        terminal);
        Results results = new Results(bucket);
        int exit = round(importer, results, terminal);
        while (watch) {
            pause();
            exit = round(importer, results, terminal);
        }
        return exit;
    }

    /// Imports what there is. A file that fails does not keep the others from it.
    private int round(Importer importer, Results results, Terminal terminal) {
        List<ImportState> done = new ArrayList<>();
        int exit = ExitCode.DONE;
        for (ImportFile file : wanted(results)) {
            try {
                ImportState state = importer.run(file);
                done.add(state);
                exit = state.failure() == null ? exit : ExitCode.FAILED;
            } catch (CommandFailedException e) {
                terminal.say("cartlog: %s: %s".formatted(file.name(), e.getMessage()));
                exit = ExitCode.FAILED;
            }
        }
        print(done, terminal);
        return exit;
    }

    private List<ImportFile> wanted(Results results) {
        if (name != null) {
            return List.of(results.file(name));
        }
        Map<String, ImportState> states =
                results.all().stream().collect(Collectors.toMap(ImportState::file, state -> state));
        return results.files().stream()
                .filter(file -> {
                    ImportState state = states.get(file.name());
                    return state == null || !state.isOver();
                })
                .toList();
    }

    private void print(List<ImportState> done, Terminal terminal) {
        if (options.output.json()) {
            terminal.print(Json.pretty(Map.of("files", done)));
        } else if (!done.isEmpty()) {
            terminal.print(
                    done.stream().map(ImportState::text).collect(Collectors.joining("\n\n")));
        } else if (!watch) {
            terminal.print("nothing was imported");
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(every);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }
}
