package io.cartlog.sink.export;

import io.cartlog.sink.row.EventRow;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A column of exported text: the name and order of the table's own.
///
/// @param value a text, a number, a time, an amount, or the lines of an order
record Column(String name, Function<EventRow, @Nullable Object> value) {
    static final List<Column> ALL =
            List.of(
                    new Column("event_id", EventRow::eventId),
                    new Column("account_id", EventRow::accountId),
                    new Column("version", EventRow::version),
                    new Column("command_id", EventRow::commandId),
                    new Column("event_type", EventRow::eventType),
                    new Column("occurred_at", EventRow::occurredAt),
                    new Column("recorded_at", EventRow::recordedAt),
                    new Column("order_id", EventRow::orderId),
                    new Column("line_no", EventRow::lineNo),
                    new Column("occurrence", EventRow::occurrence),
                    new Column("sku", EventRow::sku),
                    new Column("description", EventRow::description),
                    new Column("category", EventRow::category),
                    new Column("quantity", EventRow::quantity),
                    new Column("unit_price", EventRow::unitPrice),
                    new Column("kind", EventRow::kind),
                    new Column("country", EventRow::country),
                    new Column("amount", EventRow::amount),
                    new Column("lines", EventRow::lines),
                    new Column("kafka_partition", EventRow::kafkaPartition),
                    new Column("kafka_offset", EventRow::kafkaOffset));
}
