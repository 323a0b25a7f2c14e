package io.cartlog.projection.rebuild;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/// What this process has done to fill a version, since it began to.
final class FillProgress {
    private final LongAdder events = new LongAdder();
    private final LongAdder items = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final ConcurrentMap<Integer, Long> from = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> at = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, Long> remaining = new ConcurrentHashMap<>();
    private final long startedAt = System.nanoTime();
    private volatile long workedUntil = startedAt;

    void begins(int partition, long offset) {
        from.putIfAbsent(partition, offset);
        at.put(partition, offset);
    }

    void wrote(long eventCount, long itemCount, long writeCount) {
        events.add(eventCount);
        items.add(itemCount);
        writes.add(writeCount);
        workedUntil = System.nanoTime();
    }

    void unreadable() {
        unreadable.increment();
    }

    void at(int partition, long offset) {
        at.put(partition, offset);
    }

    void remains(int partition, long offsets) {
        remaining.put(partition, Math.max(0, offsets));
    }

    /// Offsets that this process has still to read, when it looked last.
    long remaining() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }

    /// As in [#secondsLeft(Map)], of what this process fills; not a number while nothing is known.
    double secondsLeft() {
        OptionalLong left = secondsLeft(remaining);
        return left.isPresent() ? left.getAsLong() : Double.NaN;
    }

    long events() {
        return events.sum();
    }

    /// Heads not counted.
    long items() {
        return items.sum();
    }

    /// Puts and deletes, heads among them.
    long writes() {
        return writes.sum();
    }

    long unreadableRecords() {
        return unreadable.sum();
    }

    double eventsPerSecond() {
        return events() / seconds();
    }

    /// Puts and deletes a second, heads among them: what the store has done.
    double writesPerSecond() {
        return writes() / seconds();
    }

    private double seconds() {
        return Math.max(1e-3, (workedUntil - startedAt) / 1e9);
    }

    /// Seconds until the slowest partition is at its end, if it goes on as it has until now.
    ///
    /// @param remaining offsets by partition
    /// @return empty while nothing is known of a partition's speed
    OptionalLong secondsLeft(Map<Integer, Long> remaining) {
        double longest = 0;
        for (Map.Entry<Integer, Long> rest : remaining.entrySet()) {
            double rate = rate(rest.getKey());
            if (rest.getValue() > 0 && rate == 0) {
                return OptionalLong.empty();
            }
            longest = Math.max(longest, rest.getValue() == 0 ? 0 : rest.getValue() / rate);
        }
        return OptionalLong.of(Math.round(longest));
    }

    private double rate(int partition) {
        long done = at.getOrDefault(partition, 0L) - from.getOrDefault(partition, 0L);
        return Math.max(0, done) / seconds();
    }
}
