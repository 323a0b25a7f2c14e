package io.cartlog.cli.demo;

import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.limits.StoreLimits;
import io.cartlog.cli.load.LoadReport;
import io.cartlog.cli.reconcile.Reconciler;
import io.cartlog.cli.reconcile.Reconciliation;
import io.cartlog.cli.service.OpsTokens;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The stages of the demo, in order, each timed.
final class Demo {
    private static final Duration EACH_LIMIT = Duration.ofSeconds(3);
    private final Stack stack;
    private final Terminal terminal;
    private final List<Stage> stages = new ArrayList<>();
    private final long start = System.nanoTime();

    Demo(Stack stack, Terminal terminal) {
        this.stack = stack;
        this.terminal = terminal;
    }

    /// @param load what to load, given the addresses
    /// @throws CommandFailedException if a stage cannot be done; the stack goes on running then
    DemoReport run(Function<StackStatus, LoadReport> load) {
        StackStatus addresses = up();
        OpsTokens tokens = stack.opsTokens();
        Readers readers = new Readers(addresses, tokens);
        Progress before = readers.progress();

        long loadStart = System.nanoTime();
        LoadReport loaded = load.apply(addresses);
        long answered = loaded.counts().read() - loaded.counts().broken();
        stages.add(Stage.of("load", System.nanoTime() - loadStart, answered, "commands", "kafka"));
        Progress after = catchUp(readers, before, loadStart);

        long reconcileStart = System.nanoTime();
        Reconciliation reconciliation =
                new Reconciler(addresses.projection(), addresses.sink(), tokens, terminal)
                        .reconcile();
        stages.add(
                Stage.of(
                        "reconcile",
                        System.nanoTime() - reconcileStart,
                        reconciliation.log().events(),
                        "events",
                        null));

        Map<String, Long> memory = memory();
        return report(loaded, reconciliation, after, limits(addresses), memory, addresses);
    }

    private StackStatus up() {
        StackStatus status = stack.up(terminal::say);
        stages.add(Stage.of("up", System.nanoTime() - start));
        return status;
    }

    /// Views, lake and warehouse are timed from the first command to the moment when they have
    /// everything, because they work while the load goes on.
    private Progress catchUp(Readers readers, Progress before, long loadStart) {
        try {
            Readers.Arrival arrival = readers.awaitAll(terminal);
            Progress after = readers.progress();
            stages.add(
                    Stage.of(
                            "views",
                            arrival.viewsAt() - loadStart,
                            after.projected().items() - before.projected().items(),
                            "items",
                            "dynamodb"));
            stages.add(
                    Stage.of(
                            "lake and warehouse",
                            arrival.analyticsAt() - loadStart,
                            after.sunk().warehouseRows() - before.sunk().warehouseRows(),
                            "rows",
                            "warehouse"));
            return after;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private List<Limit> limits(StackStatus addresses) {
        terminal.say("limits of the stores: writing to scratch tables and topics");
        long limitsStart = System.nanoTime();
        List<Limit> limits = StoreLimits.measure(addresses, EACH_LIMIT);
        stages.add(Stage.of("limits", System.nanoTime() - limitsStart));
        return limits;
    }

    private Map<String, Long> memory() {
        Map<String, Long> memory = new LinkedHashMap<>();
        for (StackStatus.ProcessStatus process : stack.status().processes()) {
            Long bytes = process.rssBytes();
            if (bytes != null) {
                memory.put(process.name(), bytes);
            }
        }
        return memory;
    }

    private DemoReport report(
            LoadReport loaded,
            Reconciliation r,
            Progress after,
            List<Limit> limits,
            Map<String, Long> memory,
            StackStatus addresses) {
        return new DemoReport(
                r.reconciled(),
                loaded.source(),
                loaded.counts(),
                loaded.rules(),
                r.log().events(),
                r.views().items(),
                r.views().accounts(),
                r.log().orders(),
                new DemoReport.Lake(r.lake().rows(), r.lake().files(), after.sunk().snapshots()),
                new DemoReport.Warehouse(r.warehouse().rows(), r.warehouse().orderLines()),
                r.log().netAmount(),
                r.log().salesAmount(),
                stages.stream().map(stage -> stage.beside(limits)).toList(),
                limits,
                memory,
                addresses(addresses),
                r.differences(),
                r.differenceCount(),
                Math.round((System.nanoTime() - start) / 1e6) / 1e3);
    }

    private static Map<String, String> addresses(StackStatus stack) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("http", stack.http());
        addresses.put("kafka", stack.kafka());
        addresses.put("dynamodb", stack.dynamodb());
        addresses.put("s3", stack.s3());
        addresses.put("lake", stack.lake());
        addresses.put("warehouse", stack.warehouse());
        return addresses;
    }
}
