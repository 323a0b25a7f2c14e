package io.cartlog.cli.bench;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/// What was measured so far; filled by many threads.
public final class Recorder {
    private static final long LONGEST_MICROS = 120_000_000;

    private final AtomicHistogram micros = new AtomicHistogram(LONGEST_MICROS, 3);
    private final LongAdder done = new LongAdder();
    private final ConcurrentMap<String, LongAdder> errors = new ConcurrentHashMap<>();

    /// @param dueNanos when it should have been sent, in [System#nanoTime]
    /// @param commands that it carried
    void done(long dueNanos, int commands) {
        long took = Math.max(0, (System.nanoTime() - dueNanos) / 1_000);
        micros.recordValue(Math.min(LONGEST_MICROS, took));
        done.add(commands);
    }

    /// @param what went wrong, in a word that many have in common
    void failed(String what) {
        errors.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    public long done() {
        return done.sum();
    }

    public Histogram micros() {
        return micros;
    }

    public ConcurrentMap<String, LongAdder> errors() {
        return errors;
    }
}
