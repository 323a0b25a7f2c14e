package io.cartlog.sink.verify;

import java.util.SortedMap;
import java.util.TreeMap;

/// One side of the comparison, range by range.
final class Tallies {
    private final SortedMap<Range, Tally> byRange = new TreeMap<>();

    void add(Range range, Tally tally) {
        byRange.merge(range, tally, Tally::plus);
    }

    void add(Tallies other) {
        other.byRange.forEach(this::add);
    }

    Tally at(Range range) {
        return byRange.getOrDefault(range, Tally.NONE);
    }

    Tally total() {
        return byRange.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    Tally ofPartition(int partition) {
        return byRange
                .subMap(new Range(partition, 0), new Range(partition + 1, 0))
                .values()
                .stream()
                .reduce(Tally.NONE, Tally::plus);
    }

    SortedMap<Range, Tally> byRange() {
        return byRange;
    }
}
