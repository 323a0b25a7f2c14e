package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// Rows on their way into the lake: the files of the next commit, those that are stored and those
/// that are still being written. Rows of one partition of the log come in the order of their
/// offsets.
public final class LakeAppend {
    private static final int ROWS_BETWEEN_LOOKS_AT_THE_SIZE = 1_000;
    private static final long MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

    private final Table table;
    private final long rollBytes;
    private final SortedMap<Place, OpenFile> open = new TreeMap<>();
    private final List<DataFile> stored = new ArrayList<>();
    private long rows;

    LakeAppend(Table table, long rollBytes) {
        this.table = table;
        this.rollBytes = rollBytes;
    }

    public void add(EventRow row) {
        Place place = Place.of(row);
        OpenFile file = open.computeIfAbsent(place, p -> new OpenFile(p.open(table, row)));
        file.add(row);
        rows++;
        if (file.isFull(rollBytes)) {
            open.remove(place);
            stored.add(file.file.store());
        }
    }

    /// Rows that were added.
    public long rows() {
        return rows;
    }

    /// Stores what is still open.
    ///
    /// @return all files of this append
    List<DataFile> store() {
        open.values().forEach(o -> stored.add(o.file.store()));
        open.clear();
        return List.copyOf(stored);
    }

    private record Place(int kafkaPartition, long day) implements Comparable<Place> {
        static Place of(EventRow row) {
            return new Place(
                    row.kafkaPartition(),
                    Math.floorDiv(row.recordedAt().toEpochMilli(), MILLIS_OF_A_DAY));
        }

        LakeFile open(Table table, EventRow first) {
            return new LakeFile(table, kafkaPartition, day, first.kafkaOffset());
        }

        @Override
        public int compareTo(Place other) {
            int byPartition = Integer.compare(kafkaPartition, other.kafkaPartition);
            return byPartition != 0 ? byPartition : Long.compare(day, other.day);
        }
    }

    private static final class OpenFile {
        final LakeFile file;
        private long rows;

        OpenFile(LakeFile file) {
            this.file = file;
        }

        void add(EventRow row) {
            file.add(row);
            rows++;
        }

        /// Looks at the size after fixed numbers of rows, so that the same rows are always cut at
        /// the same place.
        boolean isFull(long rollBytes) {
            return rows % ROWS_BETWEEN_LOOKS_AT_THE_SIZE == 0 && file.length() >= rollBytes;
        }
    }
}
