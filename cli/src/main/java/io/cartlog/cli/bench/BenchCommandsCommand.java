package io.cartlog.cli.bench;

import io.cartlog.cli.bench.BenchReport.Run;
import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.limits.StoreLimits;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "commands",
        description = {
            "Sends commands to the running stack at a fixed rate, whether it keeps up or not, and"
                    + " prints how long they took from when they were due, what could be carried,"
                    + " and what HTTP and the log alone do on this machine.",
            "",
            "It adds what it sends to the log of that stack: accounts bench-0, bench-1 ...",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench commands --rate 2000",
            "  ./cartlog bench commands --profile batch --seconds 30 --runs 5",
            "  ./cartlog bench commands --profile read-own-write --rate 200"
        })
public final class BenchCommandsCommand implements Callable<Integer> {
    private static final Duration LIMIT_TIME = Duration.ofSeconds(5);

    /// What one request is.
    enum Profile {
        single,
        readOwnWrite,
        batch,
        decider;

        @Override
        public String toString() {
            return this == readOwnWrite ? "read-own-write" : name();
        }
    }

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "single",
            description =
                    "single: one command a request; read-own-write: and then the cart with it in;"
                            + " batch: many a request; decider: straight into the log, no HTTP"
                            + " (default: ${DEFAULT-VALUE})")
    String profileName = "single";

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "0",
            description = "commands per second; 0 for as many as there can be (default)")
    double rate;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "of each run (default: ${DEFAULT-VALUE})")
    double seconds = 60;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            defaultValue = "20",
            description = "seconds before the first run (default: ${DEFAULT-VALUE})")
    double warmup = 20;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many runs; the table then has their median (default: 1)")
    int runs = 1;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "256",
            description =
                    "at once (default: ${DEFAULT-VALUE}; a batch profile has 4 at most). Each waits"
                            + " for its answer, so they limit how many commands there can be: with"
                            + " 64, and 30 ms for an answer, 2,100 per second")
    int connections = 256;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "1000",
            description = "of a batch (default: ${DEFAULT-VALUE})")
    int lines = 1_000;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "10000",
            description = "among which the commands are spread (default: ${DEFAULT-VALUE})")
    int accounts = 10_000;

    private interface Measured {
        Recorder run(double perSecond, double duration) throws IOException, InterruptedException;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Profile profile = checked();
        StackStatus stack = stackOptions.stack().status();
        requireWriteSide(stack);
        Terminal terminal = Terminal.of(spec);
        BenchReport report = measure(profile, stack, terminal);
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return report.hasErrors() ? ExitCode.DIFFERENCE : ExitCode.DONE;
    }

    /// Views, lake and warehouse may be down: then the write side is measured alone.
    private static void requireWriteSide(StackStatus stack) {
        for (String needed : List.of("local-stack", "authorization-server", "command-service")) {
            if (stack.processes().stream().noneMatch(it -> it.name().equals(needed) && it.up())) {
                throw new CommandFailedException(
                        needed
                                + " is not up; start it with ./cartlog up --only"
                                + " local-stack,authorization-server,command-service");
            }
        }
    }

    private Profile checked() {
        Checks.require(rate >= 0, spec, "--rate must not be negative");
        Checks.require(seconds > 0 && seconds <= 3_600, spec, "--seconds must lie in (0, 3600]");
        Checks.require(warmup >= 0, spec, "--warmup must not be negative");
        Checks.require(runs >= 1 && runs <= 100, spec, "--runs must lie in [1, 100]");
        Checks.require(connections >= 1 && connections <= 1_000, spec, "--connections: 1 to 1000");
        Checks.require(lines >= 1 && lines <= 10_000, spec, "--lines must lie in [1, 10000]");
        Checks.require(accounts >= 1, spec, "--accounts must be at least 1");
        for (Profile profile : Profile.values()) {
            if (profile.toString().equals(profileName)) {
                return profile;
            }
        }
        throw new picocli.CommandLine.ParameterException(
                spec.commandLine(), "--profile is one of " + List.of(Profile.values()));
    }

    private BenchReport measure(Profile profile, StackStatus stack, Terminal terminal)
            throws IOException, InterruptedException {
        Senders senders = new Senders(address(stack), stackOptions.stack().opsTokens(), accounts);
        List<Run> measured =
                switch (profile) {
                    case single -> runs(http(senders::single, connections), terminal);
                    case readOwnWrite -> runs(http(senders::readOwnWrite, connections), terminal);
                    case batch -> runs(batches(senders), terminal);
                    case decider -> deciderRuns(stack, terminal);
                };
        return new BenchReport(
                profile.toString(), rate, measured, limits(senders, stack, terminal));
    }

    private static Measured http(Sender.Factory sender, int connections) {
        return new HttpLoad(sender, connections)::run;
    }

    private Measured batches(Senders senders) {
        Measured requests = http(() -> senders.batch(lines), Math.min(4, connections));
        return (perSecond, duration) -> requests.run(perSecond / lines, duration);
    }

    private List<Run> deciderRuns(StackStatus stack, Terminal terminal)
            throws IOException, InterruptedException {
        try (DeciderLoad decider = new DeciderLoad(stack.kafka(), new SingleAdds(accounts))) {
            return runs(decider::run, terminal);
        }
    }

    /// Loopback only: a stack of another machine cannot be named.
    private static InetSocketAddress address(StackStatus stack) {
        URI http = URI.create(stack.http());
        InetSocketAddress address = new InetSocketAddress(http.getHost(), http.getPort());
        if (!address.getAddress().isLoopbackAddress()) {
            throw new CommandFailedException("only a stack of this machine is measured");
        }
        return address;
    }

    private List<Run> runs(Measured measured, Terminal terminal)
            throws IOException, InterruptedException {
        if (warmup > 0) {
            terminal.say("warming up for %.0f s".formatted(warmup));
            measured.run(rate, warmup);
        }
        List<Run> results = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            terminal.say("run %d of %d, %.0f s".formatted(i, runs, seconds));
            Processors before = Processors.of(stackOptions.stack().status());
            long start = System.nanoTime();
            Recorder recorder = measured.run(rate, seconds);
            double took = (System.nanoTime() - start) / 1e9;
            Processors after = Processors.of(stackOptions.stack().status());
            results.add(Run.of(recorder, took, after.since(before)));
        }
        return results;
    }

    private static List<Limit> limits(Senders senders, StackStatus stack, Terminal terminal)
            throws IOException, InterruptedException {
        terminal.say("limits: requests that ask for nothing, and records in transactions");
        HttpLoad empty = new HttpLoad(senders::empty, 16);
        empty.run(0, 3);
        double time = LIMIT_TIME.toMillis() / 1e3;
        Recorder answered = empty.run(0, time);
        if (!answered.errors().isEmpty()) {
            throw new CommandFailedException(
                    "the limit of HTTP could not be measured: " + answered.errors());
        }
        long requests = answered.done();
        Limit http =
                new Limit(
                        "http",
                        "an empty handler, 16 at a time",
                        "requests",
                        requests,
                        time,
                        Math.round(requests / time));
        return List.of(http, StoreLimits.kafka(stack, LIMIT_TIME));
    }
}
