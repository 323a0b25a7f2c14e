package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "jmh",
        description = {
            "Measures codec and decider alone with JMH; no stack is needed.",
            "",
            "Everything after -- goes to JMH: a part of a name, -rf json, -l to list ...",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench jmh",
            "  ./cartlog bench jmh -- Decider -p lines=5 -rf json -rff decider.json"
        })
public final class BenchJmhCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "JMH", description = "arguments of JMH")
    List<String> arguments = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
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
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        return exit == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
