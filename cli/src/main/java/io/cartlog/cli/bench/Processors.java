package io.cartlog.cli.bench;

import io.cartlog.cli.stack.StackStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Processor time of every process up to now.
record Processors(long atNanos, Map<String, Double> seconds) {
    private static final String BENCH = "bench itself";

    static Processors of(StackStatus stack) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (StackStatus.ProcessStatus process : stack.processes()) {
            Double used = process.cpuSeconds();
            seconds.put(process.name(), used == null ? 0 : used);
        }
        Duration own = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        seconds.put(BENCH, own.toMillis() / 1e3);
        return new Processors(System.nanoTime(), seconds);
    }

    /// How many processors each kept busy since.
    Map<String, Double> since(Processors before) {
        double passed = (atNanos - before.atNanos) / 1e9;
        Map<String, Double> cores = new LinkedHashMap<>();
        seconds.forEach((name, used) ->
                cores.put(name, (used - before.seconds.getOrDefault(name, 0.0)) / passed));
        return cores;
    }
}
