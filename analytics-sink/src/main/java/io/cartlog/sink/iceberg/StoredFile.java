package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.RowSource;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.DataFile;
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
    private static final NestedField OFFSET = EventSchema.SCHEMA.findField("kafka_offset");

    static StoredFile of(DataFile file, RowSource rows) {
        int partition = Math.toIntExact(bound(PARTITION, file.lowerBounds()));
        long first = bound(OFFSET, file.lowerBounds());
        long last = bound(OFFSET, file.upperBounds());
        return new StoredFile(
                file.location(),
                file.fileSizeInBytes(),
                partition,
                first,
                last,
                file.recordCount(),
                rows);
    }

    private static long bound(NestedField field, Map<Integer, ByteBuffer> bounds) {
        ByteBuffer bound = Objects.requireNonNull(bounds.get(field.fieldId()), field.name());
        Number number = Conversions.fromByteBuffer(field.type(), bound);
        return number.longValue();
    }
}
