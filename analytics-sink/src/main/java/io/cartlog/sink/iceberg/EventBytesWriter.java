package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.EventBytes;
import io.cartlog.sink.row.LineBytes;
import io.cartlog.sink.row.Slice;
import java.util.List;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/// Writes the bytes of events straight into Parquet's columns, in the order of [EventSchema]: the
/// same values as [EventRowWriter] of the same events, and so the same file.
final class EventBytesWriter implements ParquetValueWriter<EventBytes> {
    private static final int LEAVES_OF_A_LINE = 6;

    /// Definition levels inside `lines`: the list is there, it has an element, the element's
    /// optional field is there.
    private static final int EMPTY = 1;

    private static final int ELEMENT = 2;
    private static final int OPTIONAL_IN_ELEMENT = 3;
    private static final long MICROS_OF_A_MILLI = 1_000;

    private final MessageType schema;
    private ColumnWriter[] columns = {};
    private int next;

    EventBytesWriter(MessageType schema) {
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
    public void write(int repetitionLevel, EventBytes event) {
        next = 0;
        required(event.eventId());
        required(event.accountId());
        required(event.version());
        required(event.commandId());
        required(event.eventType());
        required(event.occurredMillis() * MICROS_OF_A_MILLI);
        required(event.recordedMillis() * MICROS_OF_A_MILLI);
        optional(event.orderId());
        line(event);
        optional(event.saleKind());
        optional(event.country());
        optional(event.hasAmount(), event.amount());
        lines(event);
        required(event.kafkaPartition());
        required(event.kafkaOffset());
    }

    private void line(EventBytes event) {
        LineBytes line = event.line();
        boolean there = event.hasLine();
        optional(event.isOrderLine(), line.lineNo());
        optional(event.isOrderLine(), line.occurrence());
        optional(there, line.sku());
        optional(event.isOrderLine(), line.description());
        optional(there, line.category());
        optional(there && line.hasQuantity(), line.quantity());
        optional(there && line.hasUnitPrice(), line.unitPrice());
    }

    private void required(Slice text) {
        columns[next++].write(binary(text), 0, 0);
    }

    private void required(int number) {
        columns[next++].write(number, 0, 0);
    }

    private void required(long number) {
        columns[next++].write(number, 0, 0);
    }

    private void optional(Slice text) {
        optional(true, text);
    }

    private void optional(boolean there, Slice text) {
        ColumnWriter column = columns[next++];
        if (there && text.isPresent()) {
            column.write(binary(text), 0, 1);
        } else {
            column.writeNull(0, 0);
        }
    }

    private void optional(boolean there, int number) {
        ColumnWriter column = columns[next++];
        if (there) {
            column.write(number, 0, 1);
        } else {
            column.writeNull(0, 0);
        }
    }

    private void optional(boolean there, long number) {
        ColumnWriter column = columns[next++];
        if (there) {
            column.write(number, 0, 1);
        } else {
            column.writeNull(0, 0);
        }
    }

    private void lines(EventBytes event) {
        if (!event.isWholeOrder() || event.lineCount() == 0) {
            noLines(event.isWholeOrder() ? EMPTY : 0);
            return;
        }
        int first = next;
        for (int i = 0; i < event.lineCount(); i++) {
            next = first;
            line(i == 0 ? 0 : 1, event.line(i));
        }
    }

    private void noLines(int definitionLevel) {
        for (int i = 0; i < LEAVES_OF_A_LINE; i++) {
            columns[next++].writeNull(0, definitionLevel);
        }
    }

    private void line(int repetitionLevel, LineBytes line) {
        columns[next++].write(line.lineNo(), repetitionLevel, ELEMENT);
        columns[next++].write(line.occurrence(), repetitionLevel, ELEMENT);
        columns[next++].write(binary(line.sku()), repetitionLevel, ELEMENT);
        category(repetitionLevel, line.category());
        columns[next++].write(line.quantity(), repetitionLevel, ELEMENT);
        columns[next++].write(line.unitPrice(), repetitionLevel, ELEMENT);
    }

    private void category(int repetitionLevel, Slice category) {
        ColumnWriter column = columns[next++];
        if (category.isPresent()) {
            column.write(binary(category), repetitionLevel, OPTIONAL_IN_ELEMENT);
        } else {
            column.writeNull(repetitionLevel, ELEMENT);
        }
    }

    /// Whoever keeps it (a dictionary, a bound) makes a copy, for the record is gone soon.
    private static Binary binary(Slice text) {
        return Binary.fromReusedByteArray(text.array(), text.start(), text.length());
    }
}
