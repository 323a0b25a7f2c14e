package io.cartlog.cli.imports;

import io.cartlog.cli.s3.Bucket;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "put",
        description = {
            "Uploads a file to imports/ of the bucket, in parts if it is large. `import run` finds it"
                    + " when all of it is there.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog import put data.csv",
            "  ./cartlog import put data.csv --as 2026/november.csv"
        })
final class ImportPutCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[^/\\p{Cntrl}]+(/[^/\\p{Cntrl}]+)*");
    private static final long KILOBYTE = 1 << 10;

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ImportOptions options = new ImportOptions();

    @Parameters(paramLabel = "FILE", description = "the file, plain or .gz")
    Path file = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "its name under imports/ (default: that of the file)")
    @Nullable String name;

    /// What was uploaded.
    private record Uploaded(String key, long bytes) {}

    @Override
    public Integer call() {
        String as = name == null ? String.valueOf(file.getFileName()) : name;
        Checks.require(NAME.matcher(as).matches(), spec, "no name of an object: " + as);
        Terminal terminal = Terminal.of(spec);
        Uploaded uploaded = upload(ImportFile.INBOX + as, terminal);
        terminal.print(
                options.output.json()
                        ? Json.pretty(uploaded)
                        : "%s, %,d bytes".formatted(uploaded.key(), uploaded.bytes()));
        return ExitCode.DONE;
    }

    private Uploaded upload(String key, Terminal terminal) {
        long size = size();
        try (Bucket bucket = options.bucket();
                Gauge gauge = terminal.gauge("upload", "kB", size / KILOBYTE)) {
            bucket.upload(key).send(file, sent -> gauge.at(sent / KILOBYTE));
        }
        return new Uploaded(key, size);
    }

    private long size() {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException("there is no file " + file);
        }
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new CommandFailedException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
