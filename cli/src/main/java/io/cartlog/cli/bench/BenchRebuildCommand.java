package io.cartlog.cli.bench;

import io.cartlog.cli.bench.RebuildReport.Fold;
import io.cartlog.cli.bench.RebuildReport.Live;
import io.cartlog.cli.bench.RebuildReport.Rebuild;
import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.limits.StoreLimits;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.time.Duration;
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
        name = "rebuild",
        description = {
            "Rebuilds the views of the running stack into a version that is given up afterwards, and"
                    + " prints how fast it was beside what plain loops write into the same store.",
            "",
            "A version that is kept for a rollback is dropped by it. What the log has decides what"
                    + " can be folded: --events adds to it (accounts fold-...), --live too (bench-...);"
                    + " an empty log measures nothing else.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench rebuild",
            "  ./cartlog bench rebuild --events 100000 --live 30 --fold",
            "  ./cartlog bench rebuild --events 500000 --per-item 10",
            "  ./cartlog bench rebuild --seconds 20 --output json | jq .ratio"
        })
public final class BenchRebuildCommand implements Callable<Integer> {
    private static final String VIEW = "/internal/views/CustomerPurchases";
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final int ACCOUNTS = 10_000;

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "5",
            description = "of each plain loop (default: ${DEFAULT-VALUE})")
    int seconds = 5;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "0",
            description = "adds so many events to the log before (default: none)")
    long events;

    @Option(
            names = "--per-item",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many of them change the same line (default: ${DEFAULT-VALUE})")
    int perItem = 1;

    @Option(
            names = "--live",
            paramLabel = "S",
            defaultValue = "0",
            description =
                    "seconds of a steady load of 80 %% of what the store's transactions take, while"
                            + " the views follow (default: none)")
    int live;

    @Option(names = "--fold", description = "measures one thread without a store, with JMH")
    boolean fold;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.require(seconds >= 1 && seconds <= 600, spec, "--seconds lies in [1, 600]");
        Checks.require(events >= 0, spec, "--events is 0 or more");
        Checks.require(perItem >= 1 && perItem <= 1_000, spec, "--per-item lies in [1, 1000]");
        Checks.require(live >= 0 && live <= 600, spec, "--live lies in [0, 600]");
        Terminal terminal = Terminal.of(spec);
        Stack stack = stackOptions.stack();
        Projections projections = Projections.of(stack);
        fill(stack.status(), terminal);
        projections.awaitAll();
        List<Limit> limits = new ArrayList<>(limits(stack.status()));
        Rebuild rebuild = rebuild(projections, terminal);
        limits.addAll(limits(stack.status()));
        Live followed = live == 0 ? null : follow(stack.status(), projections, limits, terminal);
        List<Fold> rates = fold ? FoldRates.measure() : List.of();
        RebuildReport report = RebuildReport.of(rebuild, followed, rates, limits);
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return ExitCode.DONE;
    }

    private void fill(StackStatus stack, Terminal terminal) throws InterruptedException {
        if (events == 0) {
            return;
        }
        FoldingAdds adds = new FoldingAdds(Long.toString(System.nanoTime(), 36), perItem);
        try (Gauge gauge = terminal.gauge("fill", "events", events);
                DeciderLoad load = new DeciderLoad(stack.kafka(), adds)) {
            Recorder recorder = load.run(events, gauge::at);
            if (!recorder.errors().isEmpty()) {
                throw new CommandFailedException("not every event is there: " + recorder.errors());
            }
        }
    }

    /// The store is measured before and after: the machine may be busy with something else.
    private List<Limit> limits(StackStatus status) {
        return StoreLimits.dynamoDb(status, Duration.ofSeconds(seconds));
    }

    private static Rebuild rebuild(Projections projections, Terminal terminal)
            throws InterruptedException {
        projections.first().post(VIEW + "/rebuild?promote=manual");
        try (Gauge gauge = terminal.gauge("rebuild", "events", 0)) {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                JsonNode beside = projections.first().get(VIEW).path("beside");
                gauge.of(beside.path("end").asLong());
                gauge.at(beside.path("position").asLong());
                String state = beside.path("state").asString("");
                if (state.equals("LEVEL")) {
                    return projections.sum(VIEW);
                }
                if (state.equals("FAILED")) {
                    throw new CommandFailedException(
                            "the rebuild failed: " + beside.path("failed").asString(""));
                }
            }
        } finally {
            projections.first().post(VIEW + "/drop");
        }
    }

    /// Each command adds to a line, so that it becomes two items: the line and the head.
    private Live follow(
            StackStatus stack, Projections projections, List<Limit> limits, Terminal terminal)
            throws InterruptedException {
        long best = limits.stream().mapToLong(Limit::perSecond).max().orElse(1);
        long wanted = Math.round(0.8 * best / 2);
        terminal.say("%,d commands a second for %d s".formatted(wanted, live));
        try (DeciderLoad load = new DeciderLoad(stack.kafka(), new SingleAdds(ACCOUNTS))) {
            Recorder sent = load.run((double) wanted, live);
            if (!sent.errors().isEmpty()) {
                throw new CommandFailedException("commands failed: " + sent.errors());
            }
            double p99 = projections.delay();
            return new Live(wanted, sent.done() / live, p99);
        }
    }
}
