package io.cartlog.sink.verify;

import java.util.Comparator;

/// Offsets of one partition, from a multiple of [#LENGTH] to the next.
record Range(int partition, long number) implements Comparable<Range> {
    static final long LENGTH = 10_000;

    private static final Comparator<Range> IN_LOG_ORDER =
            Comparator.comparingInt(Range::partition).thenComparingLong(Range::number);

    static Range of(int partition, long offset) {
        return new Range(partition, offset / LENGTH);
    }

    long from() {
        return number * LENGTH;
    }

    /// @param end of the partition, as far as it is compared
    long to(long end) {
        return Math.min(from() + LENGTH, end);
    }

    @Override
    public int compareTo(Range other) {
        return IN_LOG_ORDER.compare(this, other);
    }
}
