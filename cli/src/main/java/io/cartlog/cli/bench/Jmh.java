package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The benchmarks of one thread, in a process of their own.
final class Jmh {
    private Jmh() {}

    /// @param arguments of JMH
    /// @throws CommandFailedException if the benchmarks are not built
    static ProcessBuilder process(List<String> arguments) {
        Path target =
                Path.of(System.getenv().getOrDefault("CARTLOG_HOME", "."), "benchmarks", "target");
        Path classes = target.resolve("classes");
        if (!Files.isDirectory(classes) || !Files.isDirectory(target.resolve("lib"))) {
            throw new CommandFailedException(
                    "the benchmarks are not built: ./mvnw -Dquick -pl benchmarks -am package");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(classes + ":" + target.resolve("lib") + "/*");
        command.add("org.openjdk.jmh.Main");
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /// @return its exit code
    static int run(ProcessBuilder process) throws IOException, InterruptedException {
        return process.start().waitFor();
    }
}
