package io.cartlog.schemas.event;

import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has happened to an account's cart. An event carries each line it touches as the line is
/// afterwards, so that a view needs nothing but the event.
public sealed interface CartEvent {

    record ItemAdded(CartLine line, int added) implements CartEvent {}

    record QuantitySet(CartLine line, int previous) implements CartEvent {}

    /// @param line as it was
    record ItemRemoved(CartLine line) implements CartEvent {}

    /// The product left the cart and stands on the saved list.
    record ItemSavedForLater(SavedLine saved) implements CartEvent {}

    /// The product left the saved list; `moved` of it joined the cart's line.
    record ItemMovedToCart(CartLine line, int moved) implements CartEvent {}

    record ItemSaved(SavedLine saved) implements CartEvent {}

    /// @param saved as it was
    record SavedItemRemoved(SavedLine saved) implements CartEvent {}

    /// The whole cart became this order; nothing is left in it.
    record CheckedOut(OrderId orderId, List<OrderLine> lines, Money total) implements CartEvent {
        public CheckedOut {
            lines = List.copyOf(lines);
        }
    }

    /// A till's line.
    ///
    /// @param orderSince business time of the order's first recorded line
    /// @param orderLines lines of the order so far, this one included
    /// @param orderAmount net amount of the order so far
    record PurchaseRecorded(
            OrderId orderId,
            OrderLine line,
            SaleKind kind,
            @Nullable String country,
            Instant orderSince,
            int orderLines,
            Money orderAmount)
            implements CartEvent {}

    /// The event's name in every outside form: `ItemAdded`.
    default String type() {
        return getClass().getSimpleName();
    }
}
