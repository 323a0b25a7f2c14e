package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.LakeRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// Rows on their way into the lake: the files of the next commit, those that are stored and those
/// that are still being written. Rows of one partition of the log come in the order of their
/// offsets.
public final class LakeAppend {
    private static final int ROWS_BETWEEN_LOOKS_AT_THE_SIZE = 1_000;
    private static final long MILLIS_OF_AN_HOUR = Duration.ofHours(1).toMillis();

    /// Of one partition of the log; each holds its columns in memory.
    private static final int OPEN_AT_ONCE = 8;

    private final Table table;
    private final long rollBytes;
    private final SortedMap<Place, OpenFile> open = new TreeMap<>();
    private final List<DataFile> stored = new ArrayList<>();
    private long rows;

    LakeAppend(Table table, long rollBytes) {
        this.table = table;
        this.rollBytes = rollBytes;
    }

    public void add(LakeRow row) {
        Place place = Place.of(row);
        OpenFile file = open.get(place);
        if (file == null) {
            makeRoom(place);
            file = new OpenFile(place.open(table, row));
            open.put(place, file);
        }
        file.add(row);
        rows++;
        if (file.isFull(rollBytes)) {
            store(place);
        }
    }

    /// Closes the file of the earliest hour, if there are many. Only the rows of its own partition
    /// decide, so that the same rows always give the same files.
    private void makeRoom(Place place) {
        SortedMap<Place, OpenFile> ofPartition =
                open.subMap(place.first(), new Place(place.kafkaPartition + 1, Long.MIN_VALUE));
        if (ofPartition.size() >= OPEN_AT_ONCE) {
            store(ofPartition.firstKey());
        }
    }

    private void store(Place place) {
        stored.add(Objects.requireNonNull(open.remove(place)).file.store());
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

    /// @param hour since the epoch
    private record Place(int kafkaPartition, long hour) implements Comparable<Place> {
        static Place of(LakeRow row) {
            return new Place(
                    row.kafkaPartition(), Math.floorDiv(row.recordedMillis(), MILLIS_OF_AN_HOUR));
        }

        Place first() {
            return new Place(kafkaPartition, Long.MIN_VALUE);
        }

        LakeFile open(Table table, LakeRow first) {
            return new LakeFile(
                    table, LakeFile.Kind.WRITTEN, kafkaPartition, hour, first.kafkaOffset());
        }

        @Override
        public int compareTo(Place other) {
            int byPartition = Integer.compare(kafkaPartition, other.kafkaPartition);
            return byPartition != 0 ? byPartition : Long.compare(hour, other.hour);
        }
    }

    private static final class OpenFile {
        final LakeFile file;

        OpenFile(LakeFile file) {
            this.file = file;
        }

        void add(LakeRow row) {
            file.add(row);
        }

        /// Looks at the size after fixed numbers of rows, so that the same rows are always cut at
        /// the same place.
        boolean isFull(long rollBytes) {
            return file.count() % ROWS_BETWEEN_LOOKS_AT_THE_SIZE == 0 && file.length() >= rollBytes;
        }
    }
}
