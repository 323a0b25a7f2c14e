package io.cartlog.sink.iceberg;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/// Writes rows straight into Parquet's columns, in the order of [EventSchema]. Twice the speed of
/// Iceberg's generic writer, which goes through boxed records.
final class EventRowWriter implements ParquetValueWriter<EventRow> {
    private static final int LEAVES_OF_A_LINE = 6;

    /// Definition levels inside `lines`: the list is there, it has an element, the element's
    /// optional field is there.
    private static final int EMPTY = 1;

    private static final int ELEMENT = 2;
    private static final int OPTIONAL_IN_ELEMENT = 3;

    private final MessageType schema;
    private ColumnWriter[] columns = {};
    private int next;

    EventRowWriter(MessageType schema) {
        this.schema = schema;
    }

    @Override
    public void setColumnStore(ColumnWriteStore store) {
        columns =
                schema.getColumns().stream()
                        .map(store::getColumnWriter)
                        .toArray(ColumnWriter[]::new);
    }

    /// None: only Iceberg's own writers of nested values ask for them.
    @Override
    public List<TripleWriter<?>> columns() {
        return List.of();
    }

    @Override
    public void write(int repetitionLevel, EventRow row) {
        next = 0;
        required(row.eventId());
        required(row.accountId());
        required(row.version());
        required(row.commandId());
        required(row.eventType());
        required(micros(row.occurredAt()));
        required(micros(row.recordedAt()));
        optional(row.orderId());
        optional(row.lineNo());
        optional(row.occurrence());
        optional(row.sku());
        optional(row.description());
        optional(row.category());
        optional(row.quantity());
        optional(row.unitPrice());
        optional(row.kind());
        optional(row.country());
        optional(row.amount());
        lines(row.lines());
        columns[next++].write(row.kafkaPartition(), 0, 0);
        required(row.kafkaOffset());
    }

    private void required(String text) {
        columns[next++].write(bytes(text), 0, 0);
    }

    private void required(long number) {
        columns[next++].write(number, 0, 0);
    }

    private void optional(@Nullable String text) {
        ColumnWriter column = columns[next++];
        if (text == null) {
            column.writeNull(0, 0);
        } else {
            column.write(bytes(text), 0, 1);
        }
    }

    private void optional(@Nullable Integer number) {
        ColumnWriter column = columns[next++];
        if (number == null) {
            column.writeNull(0, 0);
        } else {
            column.write(number, 0, 1);
        }
    }

    private void optional(@Nullable Money money) {
        ColumnWriter column = columns[next++];
        if (money == null) {
            column.writeNull(0, 0);
        } else {
            column.write(unscaled(money), 0, 1);
        }
    }

    private void lines(@Nullable List<EventRow.Line> lines) {
        int first = next;
        if (lines == null || lines.isEmpty()) {
            noLines(lines == null ? 0 : EMPTY);
        } else {
            for (int i = 0; i < lines.size(); i++) {
                next = first;
                line(i == 0 ? 0 : 1, lines.get(i));
            }
        }
    }

    private void noLines(int definitionLevel) {
        for (int i = 0; i < LEAVES_OF_A_LINE; i++) {
            columns[next++].writeNull(0, definitionLevel);
        }
    }

    private void line(int repetitionLevel, EventRow.Line line) {
        columns[next++].write(line.lineNo(), repetitionLevel, ELEMENT);
        columns[next++].write(line.occurrence(), repetitionLevel, ELEMENT);
        columns[next++].write(bytes(line.sku()), repetitionLevel, ELEMENT);
        category(repetitionLevel, line.category());
        columns[next++].write(line.quantity(), repetitionLevel, ELEMENT);
        columns[next++].write(unscaled(line.unitPrice()), repetitionLevel, ELEMENT);
    }

    private void category(int repetitionLevel, @Nullable String category) {
        ColumnWriter column = columns[next++];
        if (category == null) {
            column.writeNull(repetitionLevel, ELEMENT);
        } else {
            column.write(bytes(category), repetitionLevel, OPTIONAL_IN_ELEMENT);
        }
    }

    /// Parquet's own binary of a string compares itself byte by byte through a buffer.
    private static Binary bytes(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    /// Decimals of up to 18 digits are whole numbers in Parquet.
    private static long unscaled(Money money) {
        return money.stored().unscaledValue().longValueExact();
    }
}
