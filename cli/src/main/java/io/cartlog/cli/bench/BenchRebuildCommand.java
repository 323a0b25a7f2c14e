package io.cartlog.cli.bench;

import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.limits.StoreLimits;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import io.cartlog.cli.terminal.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "A version that is kept for a rollback is dropped by it.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench rebuild",
            "  ./cartlog bench rebuild --seconds 20 --output json | jq .ratio"
        })
public final class BenchRebuildCommand implements Callable<Integer> {
    private static final String VIEW = "/internal/views/CustomerPurchases";
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

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

    /// What was measured.
    ///
    /// @param events that were folded, and how many a second
    /// @param writes puts and deletes that they became, and how many a second
    /// @param ratio of the writes a second to those of the best plain loop
    record Report(
            long events,
            long eventsPerSecond,
            long writes,
            long writesPerSecond,
            double ratio,
            List<Limit> limits) {

        String text() {
            TextTable table = new TextTable("what", "count", "per second");
            table.row("events read and folded", events, eventsPerSecond);
            table.row("writes of them", writes, writesPerSecond);
            limits.forEach(limit -> table.row(limit.what(), limit.count(), limit.perSecond()));
            return "%s\n\n%.2f events a write; writes at %.0f %% of the best plain loop"
                    .formatted(table, (double) events / Math.max(1, writes), 100 * ratio);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.of(spec);
        Stack stack = stackOptions.stack();
        StackStatus status = stack.status();
        Service service = new Service("projection-service", status.projection(), stack.opsTokens());
        List<Limit> before = limits(status);
        JsonNode beside = rebuild(service, terminal);
        Report report = report(beside, before, limits(status));
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return ExitCode.DONE;
    }

    private List<Limit> limits(StackStatus status) {
        return StoreLimits.dynamoDb(status, Duration.ofSeconds(seconds));
    }

    private static JsonNode rebuild(Service service, Terminal terminal)
            throws InterruptedException {
        service.post(VIEW + "/rebuild?promote=manual");
        try (Gauge gauge = terminal.gauge("rebuild", "events", 0)) {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                JsonNode beside = service.get(VIEW).path("beside");
                gauge.of(beside.path("end").asLong());
                gauge.at(beside.path("position").asLong());
                String state = beside.path("state").asString("");
                if (state.equals("LEVEL")) {
                    return beside;
                }
                if (state.equals("FAILED")) {
                    throw new CommandFailedException(
                            "the rebuild failed: " + beside.path("failed").asString(""));
                }
            }
        } finally {
            service.post(VIEW + "/drop");
        }
    }

    /// The store is measured before and after: the machine may be busy with something else.
    private static Report report(JsonNode beside, List<Limit> before, List<Limit> after) {
        List<Limit> all = Stream.concat(before.stream(), after.stream()).toList();
        long best = all.stream().mapToLong(Limit::perSecond).max().orElse(1);
        long writesPerSecond = beside.path("writesPerSecond").asLong();
        return new Report(
                beside.path("events").asLong(),
                beside.path("eventsPerSecond").asLong(),
                beside.path("writes").asLong(),
                writesPerSecond,
                (double) writesPerSecond / best,
                all);
    }
}
