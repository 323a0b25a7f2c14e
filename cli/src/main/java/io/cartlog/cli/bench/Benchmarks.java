package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The module `benchmarks`, which the command line starts and never loads.
final class Benchmarks {
    /// Measures one thread of codec, decider and views.
    static final String JMH = "org.openjdk.jmh.Main";

    private static final Path HOME =
            Path.of(System.getenv().getOrDefault("CARTLOG_HOME", ".")).toAbsolutePath();

    private Benchmarks() {}

    /// One of its classes, in a process of its own.
    ///
    /// @throws CommandFailedException if it is not built
    static ProcessBuilder process(String mainClass, List<String> arguments) {
        Path target = HOME.resolve("benchmarks").resolve("target");
        Path classes = target.resolve("classes");
        if (!Files.isDirectory(classes) || !Files.isDirectory(target.resolve("lib"))) {
            throw new CommandFailedException(
                    "the benchmarks are not built: ./mvnw -Dquick -pl benchmarks -am package");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(classes + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        command.add(mainClass);
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /// It ends with this process, if that is ended from outside.
    ///
    /// @return its exit code
    static int run(ProcessBuilder process) throws IOException, InterruptedException {
        Process started = process.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        return started.waitFor();
    }

    /// The jar by which a service is started.
    ///
    /// @throws CommandFailedException if it is not built
    static Path serviceJar(String module) {
        try (Stream<Path> files = Files.list(HOME.resolve(module).resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(module));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The jars of Kafka Connect and its Iceberg sink, which are fetched when first wanted.
    ///
    /// @throws CommandFailedException if they cannot be
    static Path peerJars() throws IOException, InterruptedException {
        Path peer = HOME.resolve("benchmarks").resolve("peer");
        Path jars = peer.resolve("target").resolve("lib");
        if (!Files.isDirectory(jars)) {
            fetch(peer);
        }
        return jars;
    }

    private static void fetch(Path peer) throws IOException, InterruptedException {
        Path log = Files.createTempFile("cartlog-peer", ".log");
        List<String> maven =
                List.of(
                        HOME.resolve("mvnw").toString(),
                        "-q",
                        "-B",
                        "-f",
                        peer.resolve("pom.xml").toString(),
                        "package");
        ProcessBuilder process =
                new ProcessBuilder(maven).redirectErrorStream(true).redirectOutput(log.toFile());
        if (run(process) != 0) {
            throw new CommandFailedException("Kafka Connect cannot be fetched, see " + log);
        }
        Files.delete(log);
    }

    private static CommandFailedException notBuilt(String module) {
        return new CommandFailedException(
                module + " is not built: ./mvnw -Dquick -pl " + module + " -am package");
    }
}
