package io.cartlog.sink.iceberg;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a data file back, with Iceberg's own reader.
final class EventRowReader {
    private EventRowReader() {}

    static void forEach(InputFile file, Consumer<EventRow> taker) {
        try (CloseableIterable<Record> records =
                Parquet.read(file)
                        .project(EventSchema.SCHEMA)
                        .createReaderFunc(schema ->
                                GenericParquetReaders.buildReader(EventSchema.SCHEMA, schema))
                        .reuseContainers()
                        .build()) {
            records.forEach(r -> taker.accept(row(r)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EventRow row(Record r) {
        return new EventRow(
                text(r, 0),
                text(r, 1),
                r.get(2, Long.class),
                text(r, 3),
                text(r, 4),
                instant(r, 5),
                instant(r, 6),
                r.get(7, String.class),
                r.get(8, Integer.class),
                r.get(9, Integer.class),
                r.get(10, String.class),
                r.get(11, String.class),
                r.get(12, String.class),
                r.get(13, Integer.class),
                money(r, 14),
                r.get(15, String.class),
                r.get(16, String.class),
                money(r, 17),
                lines(r),
                r.get(19, Integer.class),
                r.get(20, Long.class));
    }

    private static @Nullable List<EventRow.Line> lines(Record r) {
        List<?> lines = r.get(18, List.class);
        return lines == null ? null : lines.stream().map(l -> line((Record) l)).toList();
    }

    private static EventRow.Line line(Record l) {
        return new EventRow.Line(
                l.get(0, Integer.class),
                l.get(1, Integer.class),
                text(l, 2),
                l.get(3, String.class),
                l.get(4, Integer.class),
                new Money(l.get(5, BigDecimal.class)));
    }

    private static String text(Record r, int column) {
        return r.get(column, String.class);
    }

    private static Instant instant(Record r, int column) {
        return r.get(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Money money(Record r, int column) {
        BigDecimal decimal = r.get(column, BigDecimal.class);
        return decimal == null ? null : new Money(decimal);
    }
}
