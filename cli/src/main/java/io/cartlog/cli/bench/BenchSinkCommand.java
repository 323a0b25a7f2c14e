package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "sink",
        description = {
            "Measures the way of events into files, lake and warehouse, on a stack of its own, and"
                    + " beside it the Iceberg sink of Kafka Connect on the same topic.",
            "",
            "No stack need run. Rows per CPU-second are those of the one thread that writes files,"
                    + " or of all threads of a process. A goal that is missed is printed, and is no"
                    + " failure: others may be using the machine.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench sink",
            "  ./cartlog bench sink --rows 200000 --seconds 5 --no-peer",
            "  ./cartlog bench sink --seconds 300 --output json | jq .freshness"
        })
public final class BenchSinkCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "events to measure with (default: ${DEFAULT-VALUE})")
    long rows = 1_000_000;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "25",
            description =
                    "how long single events are followed into the warehouse, at the defaults and"
                            + " again when asked to be quick (default: ${DEFAULT-VALUE})")
    int seconds = 25;

    @Option(
            names = "--no-peer",
            description =
                    "without Kafka Connect, whose jars are fetched by Maven when it first runs")
    boolean withoutPeer;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.require(rows >= 1_000, spec, "--rows must be at least 1000");
        Checks.require(seconds >= 1, spec, "--seconds must be at least 1");
        Path folder = Files.createTempDirectory("cartlog-bench-sink");
        JsonNode figures = measure(folder);
        delete(folder);
        Terminal.of(spec).print(output.json() ? Json.pretty(figures) : SinkReport.text(figures));
        return ExitCode.DONE;
    }

    /// What the measured processes say is left where the folder is, if one fails.
    private JsonNode measure(Path folder) throws IOException, InterruptedException {
        Path figures = folder.resolve("figures.json");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                Long.toString(rows),
                                Integer.toString(seconds),
                                Benchmarks.serviceJar("analytics-sink").toString(),
                                folder.toString(),
                                figures.toString()));
        if (!withoutPeer) {
            arguments.add(Benchmarks.peerJars().toString());
        }
        ProcessBuilder process =
                Benchmarks.process("io.cartlog.benchmarks.sink.SinkBench", arguments)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.INHERIT);
        if (Benchmarks.run(process) != 0) {
            throw new CommandFailedException("the measurement failed; its logs are in " + folder);
        }
        return Json.MAPPER.readTree(figures.toFile());
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path of, IOException failure)
                                throws IOException {
                            Files.delete(of);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
