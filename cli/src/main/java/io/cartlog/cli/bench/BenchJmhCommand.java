package io.cartlog.cli.bench;

import io.cartlog.cli.terminal.ExitCode;
import java.io.IOException;
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
        int exit = Benchmarks.run(Benchmarks.process(Benchmarks.JMH, arguments).inheritIO());
        return exit == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
