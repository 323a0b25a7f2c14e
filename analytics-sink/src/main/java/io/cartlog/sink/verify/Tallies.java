package io.cartlog.sink.verify;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;

/// One side of the comparison, range by range of the log, and its events by day of log time, UTC.
final class Tallies {
    private final SortedMap<Range, Tally> byRange = new TreeMap<>();
    private final SortedMap<LocalDate, Tally> byDay = new TreeMap<>();

    void event(Range range, Instant recordedAt, long digest) {
        Tally event = Tally.event(digest);
        add(range, event);
        byDay.merge(LocalDate.ofInstant(recordedAt, ZoneOffset.UTC), event, Tally::plus);
    }

    void add(Range range, Tally tally) {
        byRange.merge(range, tally, Tally::plus);
    }

    void add(Tallies other) {
        other.byRange.forEach(this::add);
        other.byDay.forEach((day, tally) -> byDay.merge(day, tally, Tally::plus));
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

    SortedMap<LocalDate, Tally> byDay() {
        return byDay;
    }
}
