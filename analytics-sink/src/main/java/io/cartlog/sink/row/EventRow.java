package io.cartlog.sink.row;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CartCleared;
import io.cartlog.schemas.event.CartEvent.CartExpired;
import io.cartlog.schemas.event.CartEvent.CartHandedOver;
import io.cartlog.schemas.event.CartEvent.CartMerged;
import io.cartlog.schemas.event.CartEvent.CartReturned;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ClearUndone;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemMovedToCart;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.ItemSavedForLater;
import io.cartlog.schemas.event.CartEvent.MergeUndone;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.event.CartEvent.SavedItemRemoved;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One event as one row of the lake and the warehouse, with its place in the log.
///
/// An event of one line (a cart line, a saved line, a till's line) has that line in its columns; an
/// order of a whole cart has its lines in `lines`. What else happens to a cart as a whole has
/// neither: its lines have rows of their own already, from when they were added.
///
/// @param occurredAt business time, to the millisecond
/// @param recordedAt log time, to the millisecond
/// @param kind what the order's lines are; null when the event is no order
/// @param amount net amount of the event's order lines; null when the event is no order
/// @param lines of a [CheckedOut]; null for every other event
public record EventRow(
        String eventId,
        String accountId,
        long version,
        String commandId,
        String eventType,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable String orderId,
        @Nullable Integer lineNo,
        @Nullable Integer occurrence,
        @Nullable String sku,
        @Nullable String description,
        @Nullable String category,
        @Nullable Integer quantity,
        @Nullable Money unitPrice,
        @Nullable String kind,
        @Nullable String country,
        @Nullable Money amount,
        @Nullable List<Line> lines,
        int kafkaPartition,
        long kafkaOffset)
        implements LakeRow {

    /// One line of an order of a whole cart.
    public record Line(
            int lineNo,
            int occurrence,
            String sku,
            @Nullable String category,
            int quantity,
            Money unitPrice) {
        static Line of(OrderLine line) {
            return new Line(
                    line.lineNo(),
                    line.occurrence(),
                    line.sku().value(),
                    line.category(),
                    line.quantity(),
                    line.unitPrice());
        }
    }

    /// The row of the event that stands at this place in the log.
    ///
    /// @throws IllegalArgumentException if an order line's amount is beyond what [Money] holds
    public static EventRow of(int partition, long offset, RecordedEvent recorded) {
        Content content = content(recorded.event());
        return new EventRow(
                recorded.eventId().toString(),
                recorded.account().value(),
                recorded.version(),
                recorded.commandId().value(),
                recorded.event().type(),
                recorded.occurredAt(),
                recorded.recordedAt(),
                content.orderId,
                content.lineNo,
                content.occurrence,
                content.sku,
                content.description,
                content.category,
                content.quantity,
                content.unitPrice,
                content.kind == null ? null : content.kind.name(),
                content.country,
                content.amount,
                content.lines,
                partition,
                offset);
    }

    @Override
    public long recordedMillis() {
        return recordedAt.toEpochMilli();
    }

    private static Content content(CartEvent event) {
        return switch (event) {
            case ItemAdded e -> Content.of(e.line());
            case QuantitySet e -> Content.of(e.line());
            case ItemRemoved e -> Content.of(e.line());
            case ItemSavedForLater e -> Content.of(e.saved());
            case ItemMovedToCart e -> Content.of(e.line());
            case ItemSaved e -> Content.of(e.saved());
            case SavedItemRemoved e -> Content.of(e.saved());
            case CheckedOut e -> Content.of(e);
            case PurchaseRecorded e -> Content.of(e);
            case CartCleared _,
                    ClearUndone _,
                    CartHandedOver _,
                    CartMerged _,
                    MergeUndone _,
                    CartReturned _,
                    CartExpired _ ->
                    Content.NONE;
        };
    }

    /// The columns that depend on the kind of event.
    private record Content(
            @Nullable String orderId,
            @Nullable Integer lineNo,
            @Nullable Integer occurrence,
            @Nullable String sku,
            @Nullable String description,
            @Nullable String category,
            @Nullable Integer quantity,
            @Nullable Money unitPrice,
            @Nullable SaleKind kind,
            @Nullable String country,
            @Nullable Money amount,
            @Nullable List<Line> lines) {
        static final Content NONE = single(null, null, null, null);

        static Content of(CartLine line) {
            return single(line.sku().value(), line.category(), line.quantity(), line.unitPrice());
        }

        static Content of(SavedLine line) {
            return single(line.sku().value(), line.category(), line.quantity(), line.unitPrice());
        }

        private static Content single(
                @Nullable String sku,
                @Nullable String category,
                @Nullable Integer quantity,
                @Nullable Money unitPrice) {
            return new Content(
                    null, null, null, sku, null, category, quantity, unitPrice, null, null, null,
                    null);
        }

        static Content of(CheckedOut order) {
            return new Content(
                    order.orderId().value(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    SaleKind.SALE,
                    null,
                    order.lines().stream().map(OrderLine::amount).reduce(Money.ZERO, Money::plus),
                    order.lines().stream().map(Line::of).toList());
        }

        static Content of(PurchaseRecorded purchase) {
            OrderLine line = purchase.line();
            return new Content(
                    purchase.orderId().value(),
                    line.lineNo(),
                    line.occurrence(),
                    line.sku().value(),
                    line.description(),
                    line.category(),
                    line.quantity(),
                    line.unitPrice(),
                    purchase.kind(),
                    purchase.country(),
                    line.amount(),
                    null);
        }
    }
}
