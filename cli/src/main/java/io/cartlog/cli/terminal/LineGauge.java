package io.cartlog.cli.terminal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A plain line every few seconds, for logs and pipes.
final class LineGauge implements Gauge {
    private final String what;
    private final String unit;
    private final long intervalNanos;
    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final long started;
    private final AtomicLong lastLine;
    private final AtomicLong done = new AtomicLong();
    private volatile long total;

    LineGauge(
            String what,
            String unit,
            long total,
            Duration interval,
            Consumer<String> lines,
            LongSupplier nanoTime) {
        this.what = what;
        this.unit = unit;
        this.total = total;
        this.intervalNanos = interval.toNanos();
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
        this.lastLine = new AtomicLong(started);
    }

    @Override
    public void at(long nowDone) {
        done.accumulateAndGet(nowDone, Math::max);
        long now = nanoTime.getAsLong();
        long last = lastLine.get();
        if (now - last >= intervalNanos && lastLine.compareAndSet(last, now)) {
            lines.accept(line(now));
        }
    }

    @Override
    public void of(long newTotal) {
        total = newTotal;
    }

    @Override
    public void close() {
        lines.accept(line(nanoTime.getAsLong()));
    }

    private String line(long now) {
        double seconds = Math.max(1e-3, (now - started) / 1e9);
        long count = done.get();
        double rate = count / seconds;
        String line =
                "%s: %,d of %,d %s, %,.0f/s, %.0f s"
                        .formatted(what, count, total, unit, rate, seconds);
        return count < total && rate > 0
                ? line + ", about %,.0f s to go".formatted((total - count) / rate)
                : line;
    }
}
