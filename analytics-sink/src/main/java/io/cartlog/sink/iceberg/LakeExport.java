package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.ExportedPart;
import io.cartlog.sink.row.LakeContent;
import io.cartlog.sink.row.RowSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.inmemory.InMemoryOutputFile;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/// What the table held at some snapshot, hour by hour, in an order that does not depend on how the
/// rows lie in files. So the same snapshot always gives the same, before and after a compaction.
public final class LakeExport {
    private static final long MICROS_OF_AN_HOUR = Duration.ofHours(1).toNanos() / 1_000;

    private final Table table;

    LakeExport(Table table) {
        this.table = table;
    }

    /// @param snapshotId null: the newest
    /// @throws IllegalArgumentException if the table does not have it, or has none at all
    public LakeContent at(@Nullable Long snapshotId) {
        Snapshot snapshot =
                snapshotId == null ? table.currentSnapshot() : table.snapshot(snapshotId);
        if (snapshot == null) {
            throw new IllegalArgumentException(
                    snapshotId == null
                            ? "the lake is empty"
                            : "the lake has no snapshot %d, or not any more".formatted(snapshotId));
        }
        return new LakeContent(
                snapshot.snapshotId(), Positions.at(table, snapshot), parts(snapshot));
    }

    private List<ExportedPart> parts(Snapshot snapshot) {
        SortedMap<Place, List<DataFile>> places = new TreeMap<>();
        for (DataFile file : TableFiles.at(table, snapshot)) {
            for (long hour = hour(StoredFile.firstRecorded(file));
                    hour <= hour(StoredFile.lastRecorded(file));
                    hour++) {
                places.computeIfAbsent(
                                new Place(hour, StoredFile.partition(file)), _ -> new ArrayList<>())
                        .add(file);
            }
        }
        return places.entrySet().stream().map(e -> part(e.getKey(), e.getValue())).toList();
    }

    private ExportedPart part(Place place, List<DataFile> files) {
        List<DataFile> inOrder =
                files.stream().sorted(Comparator.comparingLong(StoredFile::firstOffset)).toList();
        RowSource rows =
                taker ->
                        inOrder.forEach(file ->
                                StoredFile.rows(table, file)
                                        .forEach(row -> {
                                            if (hour(row) == place.hour) {
                                                taker.accept(row);
                                            }
                                        }));
        return new ExportedPart(place.hour, place.kafkaPartition, rows);
    }

    /// Rows as a Parquet file, with the columns of the table.
    public static byte[] parquet(RowSource rows) {
        InMemoryOutputFile bytes = new InMemoryOutputFile();
        try (FileAppender<EventRow> file =
                Parquet.write(bytes)
                        .schema(EventSchema.SCHEMA)
                        .setAll(EventSchema.PROPERTIES)
                        .createWriterFunc(EventRowWriter::new)
                        .build()) {
            rows.forEach(file::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static long hour(EventRow row) {
        return Math.floorDiv(row.recordedAt().getEpochSecond(), Duration.ofHours(1).toSeconds());
    }

    private static long hour(long micros) {
        return Math.floorDiv(micros, MICROS_OF_AN_HOUR);
    }

    private record Place(long hour, int kafkaPartition) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byHour = Long.compare(hour, other.hour);
            return byHour != 0 ? byHour : Integer.compare(kafkaPartition, other.kafkaPartition);
        }
    }
}
