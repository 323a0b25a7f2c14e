package io.cartlog.cli.log;

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
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SavedLine;
import java.util.List;

/// An event in a few words, and as the fields of a JSON object.
final class EventText {
    private EventText() {}

    static String words(CartEvent event) {
        return switch (event) {
            case ItemAdded e -> "+%d %s".formatted(e.added(), line(e.line()));
            case QuantitySet e -> "%d -> %s".formatted(e.previous(), line(e.line()));
            case ItemRemoved e -> line(e.line());
            case ItemSavedForLater e -> e.saved().sku().value();
            case ItemMovedToCart e -> "+%d %s".formatted(e.moved(), line(e.line()));
            case ItemSaved e -> e.saved().sku().value();
            case SavedItemRemoved e -> e.saved().sku().value();
            case CheckedOut e ->
                    "%s: %d lines, %s".formatted(e.orderId(), e.lines().size(), e.total());
            case PurchaseRecorded e -> "%s %s: %s".formatted(e.kind(), e.orderId(), line(e.line()));
            case CartCleared e -> count(e.lines(), List.of());
            case ClearUndone e -> count(e.lines(), List.of());
            case CartHandedOver e -> "to %s: %s".formatted(e.to(), count(e.lines(), e.saved()));
            case CartMerged e -> "from %s: %s".formatted(e.guest(), count(e.lines(), e.saved()));
            case MergeUndone e ->
                    "with %s: %s back, %s gone"
                            .formatted(
                                    e.guest(),
                                    count(e.lines(), e.saved()),
                                    count(e.removed(), e.removedSaved()));
            case CartReturned e -> "from %s: %s".formatted(e.from(), count(e.lines(), e.saved()));
            case CartExpired e -> count(e.lines(), e.saved());
        };
    }

    private static String count(List<CartLine> lines, List<SavedLine> saved) {
        return "%d lines, %d saved".formatted(lines.size(), saved.size());
    }

    private static String line(CartLine line) {
        return line.unitPrice() == null
                ? "%d x %s".formatted(line.quantity(), line.sku())
                : "%d x %s at %s".formatted(line.quantity(), line.sku(), line.unitPrice());
    }

    private static String line(OrderLine line) {
        return "%d x %s at %s".formatted(line.quantity(), line.sku(), line.unitPrice());
    }
}
