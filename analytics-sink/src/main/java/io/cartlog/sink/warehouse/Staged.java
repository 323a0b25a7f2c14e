package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.SnapshotFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Rows of one partition of the log that are to be loaded.
record Staged(long rows, long firstOffset, long lastOffset) {
    static SortedMap<Integer, Staged> of(List<SnapshotFile> files) {
        SortedMap<Integer, Staged> staged = new TreeMap<>();
        files.forEach(f ->
                staged.merge(
                        f.partition(),
                        new Staged(f.count(), f.firstOffset(), f.lastOffset()),
                        Staged::plus));
        return staged;
    }

    static SortedMap<Integer, Staged> of(QuarantinedFile file) {
        return new TreeMap<>(
                Map.of(
                        file.partition(),
                        new Staged(file.rows(), file.firstOffset(), file.lastOffset())));
    }

    private Staged plus(Staged other) {
        return new Staged(
                rows + other.rows,
                Math.min(firstOffset, other.firstOffset),
                Math.max(lastOffset, other.lastOffset));
    }

    @Override
    public String toString() {
        return "%d rows of offsets %d to %d".formatted(rows, firstOffset, lastOffset);
    }
}
