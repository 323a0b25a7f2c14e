package io.cartlog.cli.bench;

import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/// What `./cartlog bench commands` measured.
///
/// @param wantedPerSecond commands; 0 for as many as there can be
/// @param limits what the machine does without the work of ours, measured right after the runs
public record BenchReport(
        String profile, double wantedPerSecond, List<Run> runs, List<Limit> limits) {
    public BenchReport {
        runs = List.copyOf(runs);
        limits = List.copyOf(limits);
    }

    /// One run after the warm-up. Latencies are in milliseconds, from when the request was due
    /// until its answer was there.
    ///
    /// @param perSecond commands that were answered as they should be
    /// @param errors by what went wrong
    /// @param cores how many processors each process kept busy
    public record Run(
            double seconds,
            long commands,
            double perSecond,
            double p50,
            double p99,
            double p999,
            double max,
            Map<String, Long> errors,
            Map<String, Double> cores) {

        static Run of(Recorder recorder, double seconds, Map<String, Double> cores) {
            var micros = recorder.micros();
            return new Run(
                    seconds,
                    recorder.done(),
                    recorder.done() / seconds,
                    micros.getValueAtPercentile(50) / 1e3,
                    micros.getValueAtPercentile(99) / 1e3,
                    micros.getValueAtPercentile(99.9) / 1e3,
                    micros.getMaxValue() / 1e3,
                    counts(recorder.errors()),
                    cores);
        }

        private static Map<String, Long> counts(Map<String, LongAdder> errors) {
            Map<String, Long> counts = new TreeMap<>();
            errors.forEach((what, count) -> counts.put(what, count.sum()));
            return counts;
        }
    }

    /// The run in the middle by its 99th percentile.
    public Run median() {
        return runs.stream()
                .sorted((a, b) -> Double.compare(a.p99(), b.p99()))
                .toList()
                .get((runs.size() - 1) / 2);
    }

    boolean hasErrors() {
        return runs.stream().anyMatch(run -> !run.errors().isEmpty());
    }

    String text() {
        List<String> parts = new ArrayList<>();
        TextTable latencies =
                new TextTable(
                        "run", "wanted/s", "commands/s", "p50 ms", "p99", "p99.9", "max", "errors");
        for (int i = 0; i < runs.size(); i++) {
            row(latencies, Integer.toString(i + 1), runs.get(i));
        }
        if (runs.size() > 1) {
            row(latencies, "median", median());
        }
        parts.add(profile + ", latency from when each request was due\n" + latencies);
        TextTable cores = new TextTable("process", "cores busy");
        median().cores().forEach((name, busy) -> cores.row(name, decimal(busy)));
        parts.add(cores.toString());
        TextTable table = new TextTable("limit in this run", "per second", "of", "by");
        limits.forEach(it -> table.row(it.store(), it.perSecond(), it.unit(), it.what()));
        parts.add(table.toString());
        runs.stream()
                .flatMap(run -> run.errors().entrySet().stream())
                .forEach(error -> parts.add(error.getValue() + " times: " + error.getKey()));
        return String.join("\n\n", parts);
    }

    private void row(TextTable table, String name, Run run) {
        table.row(
                name,
                wantedPerSecond == 0 ? "all" : "%,.0f".formatted(wantedPerSecond),
                Math.round(run.perSecond()),
                decimal(run.p50()),
                decimal(run.p99()),
                decimal(run.p999()),
                decimal(run.max()),
                run.errors().values().stream().mapToLong(Long::longValue).sum());
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
