package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.RowSource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;

/// A data file of the table: what the table says of it, and its rows as the file itself says.
///
/// @param bytes size of the object
/// @param partition of the log, of the file's rows
/// @param firstOffset lowest offset of a row
/// @param lastOffset highest offset of a row
public record StoredFile(
        String location,
        long bytes,
        int partition,
        long firstOffset,
        long lastOffset,
        long rowCount,
        RowSource rows) {
    private static final NestedField PARTITION = EventSchema.SCHEMA.findField("kafka_partition");
    private static final NestedField RECORDED = EventSchema.SCHEMA.findField("recorded_at");
    private static final NestedField OFFSET = EventSchema.SCHEMA.findField("kafka_offset");

    static StoredFile of(Table table, DataFile file) {
        return new StoredFile(
                file.location(),
                file.fileSizeInBytes(),
                partition(file),
                firstOffset(file),
                bound(OFFSET, file.upperBounds()),
                file.recordCount(),
                rows(table, file));
    }

    static int partition(DataFile file) {
        return Math.toIntExact(bound(PARTITION, file.lowerBounds()));
    }

    static long firstOffset(DataFile file) {
        return bound(OFFSET, file.lowerBounds());
    }

    /// Microseconds since the epoch.
    static long firstRecorded(DataFile file) {
        return bound(RECORDED, file.lowerBounds());
    }

    /// Microseconds since the epoch.
    static long lastRecorded(DataFile file) {
        return bound(RECORDED, file.upperBounds());
    }

    static RowSource rows(Table table, DataFile file) {
        return taker ->
                EventRowReader.forEach(
                        table.io().newInputFile(file.location(), file.fileSizeInBytes()), taker);
    }

    private static long bound(NestedField field, Map<Integer, ByteBuffer> bounds) {
        ByteBuffer bound = Objects.requireNonNull(bounds.get(field.fieldId()), field.name());
        Number number = Conversions.fromByteBuffer(field.type(), bound);
        return number.longValue();
    }
}
