package io.cartlog.sink.row;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A position in the log: for each partition the offset of the first record that is not yet read. A
/// partition that is not named stands at 0.
public record Offsets(SortedMap<Integer, Long> next) {
    public static final Offsets START = new Offsets(new TreeMap<>());

    private static final Pattern ENTRY = Pattern.compile("\"(\\d+)\":(\\d+)");

    public Offsets {
        next = Collections.unmodifiableSortedMap(new TreeMap<>(next));
    }

    public static Offsets of(Map<Integer, Long> next) {
        return new Offsets(new TreeMap<>(next));
    }

    /// Reads what [#toString] wrote: `{"0":17,"1":4}`.
    ///
    /// @throws IllegalArgumentException if the text has another shape
    public static Offsets parse(String json) {
        SortedMap<Integer, Long> next = new TreeMap<>();
        Matcher entries = ENTRY.matcher(json);
        while (entries.find()) {
            next.put(Integer.valueOf(entries.group(1)), Long.valueOf(entries.group(2)));
        }
        Offsets offsets = new Offsets(next);
        if (!offsets.toString().equals(json)) {
            throw new IllegalArgumentException("no offsets by partition: " + json);
        }
        return offsets;
    }

    public long of(int partition) {
        return next.getOrDefault(partition, 0L);
    }

    /// This position with the partitions that `moved` names at their new place.
    public Offsets with(Offsets moved) {
        SortedMap<Integer, Long> merged = new TreeMap<>(next);
        merged.putAll(moved.next);
        return new Offsets(merged);
    }

    /// This position in the partitions that `other` names.
    public Offsets in(Offsets other) {
        SortedMap<Integer, Long> part = new TreeMap<>();
        other.next.keySet().forEach(p -> part.put(p, of(p)));
        return new Offsets(part);
    }

    /// Whether every partition of `other` has been read at least as far as there.
    public boolean covers(Offsets other) {
        return other.next.entrySet().stream().allMatch(e -> of(e.getKey()) >= e.getValue());
    }

    /// How many offsets `end` is ahead.
    public long lagBehind(Offsets end) {
        return end.next.entrySet().stream()
                .mapToLong(e -> Math.max(0, e.getValue() - of(e.getKey())))
                .sum();
    }

    /// Offsets since the start of the log.
    public long sum() {
        return next.values().stream().mapToLong(Long::longValue).sum();
    }

    /// JSON with the partitions in order: `{"0":17,"1":4}`.
    @Override
    public String toString() {
        return next.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
