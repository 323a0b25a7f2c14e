package io.cartlog.projection.view;

import io.cartlog.projection.view.ViewItem.Purchase;
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
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What events make of an account's view. Needs the head and the events, no item: an event carries
/// its lines as they are afterwards.
public final class CartView {
    private static final int TIES = 1_000_000;

    private final Head before;
    private final Skips skips;
    private final Map<Key, Optional<ViewItem>> lines = new LinkedHashMap<>();
    private final Map<Key, OrderItem> orders = new LinkedHashMap<>();
    private final Map<Key, ViewItem> purchased = new LinkedHashMap<>();
    private long version;
    private long cleared;

    private CartView(Head before, Skips skips) {
        this.before = before;
        this.skips = skips;
        this.version = before.version();
        this.cleared = before.clearedVersion();
    }

    /// Folds events into one change. What the head has already is skipped.
    ///
    /// @param events of the head's account, in order
    /// @throws VersionGapException if a version is missing
    public static ViewChange apply(Head head, List<RecordedEvent> events) {
        return apply(head, events, Skips.NONE);
    }

    /// The same, but for versions that may be missing.
    ///
    /// @throws VersionGapException if another one is
    public static ViewChange apply(Head head, List<RecordedEvent> events, Skips skips) {
        CartView view = new CartView(head, skips);
        events.forEach(view::fold);
        return view.change();
    }

    private void fold(RecordedEvent event) {
        if (event.version() <= version) {
            return;
        }
        if (!skips.allow(before.account(), version, event.version())) {
            throw new VersionGapException(before.account(), version + 1, event.version());
        }
        version = event.version();
        fold(event.event(), event.occurredAt());
    }

    private void fold(CartEvent event, Instant occurredAt) {
        switch (event) {
            case ItemAdded e -> put(active(e.line()));
            case QuantitySet e -> put(active(e.line()));
            case ItemRemoved e -> delete(ItemStatus.ACTIVE, e.line().sku());
            case ItemSaved e -> put(saved(e.saved()));
            case SavedItemRemoved e -> delete(ItemStatus.SAVED, e.saved().sku());
            case ItemSavedForLater e -> {
                delete(ItemStatus.ACTIVE, e.saved().sku());
                put(saved(e.saved()));
            }
            case ItemMovedToCart e -> {
                delete(ItemStatus.SAVED, e.line().sku());
                put(active(e.line()));
            }
            case CheckedOut e -> checkOut(e, occurredAt);
            case PurchaseRecorded e -> record(e, occurredAt);
            case CartCleared e -> empty(e.lines(), List.of());
            case ClearUndone e -> put(e.lines(), List.of());
            case CartHandedOver e -> empty(e.lines(), e.saved());
            case CartMerged e -> put(e.lines(), e.saved());
            case MergeUndone e -> {
                delete(e.removed(), e.removedSaved());
                put(e.lines(), e.saved());
            }
            case CartReturned e -> put(e.lines(), e.saved());
            case CartExpired e -> empty(e.lines(), e.saved());
        }
    }

    private void put(List<CartLine> lines, List<SavedLine> saved) {
        lines.forEach(line -> put(active(line)));
        saved.forEach(line -> put(saved(line)));
    }

    private void delete(List<CartLine> lines, List<SavedLine> saved) {
        lines.forEach(line -> delete(ItemStatus.ACTIVE, line.sku()));
        saved.forEach(line -> delete(ItemStatus.SAVED, line.sku()));
    }

    /// @param lines the whole cart, which is cleared as by a checkout; or none
    private void empty(List<CartLine> lines, List<SavedLine> saved) {
        if (!lines.isEmpty()) {
            cleared = version;
        }
        delete(lines, saved);
    }

    private void checkOut(CheckedOut order, Instant occurredAt) {
        cleared = version;
        for (OrderLine line : order.lines()) {
            delete(ItemStatus.ACTIVE, line.sku());
            buy(line, occurredAt, purchase(order.orderId(), line, null, SaleKind.SALE));
        }
        put(
                new OrderItem(
                        before.account(),
                        order.orderId(),
                        order.lines().size(),
                        order.total(),
                        null,
                        SaleKind.SALE,
                        occurredAt,
                        version));
    }

    private void record(PurchaseRecorded sale, Instant occurredAt) {
        buy(
                sale.line(),
                occurredAt,
                purchase(sale.orderId(), sale.line(), sale.country(), sale.kind()));
        put(
                new OrderItem(
                        before.account(),
                        sale.orderId(),
                        sale.orderLines(),
                        sale.orderAmount(),
                        sale.country(),
                        sale.kind(),
                        sale.orderSince(),
                        version));
    }

    private static Purchase purchase(
            OrderId orderId, OrderLine line, @Nullable String country, SaleKind kind) {
        return new Purchase(
                orderId, line.lineNo(), line.occurrence(), line.description(), country, kind);
    }

    private void buy(OrderLine line, Instant at, Purchase purchase) {
        ItemLine bought =
                new ItemLine(
                        before.account(),
                        ItemStatus.PURCHASED,
                        line.sku(),
                        line.quantity(),
                        line.unitPrice(),
                        line.category(),
                        at,
                        tie(line.seq()));
        ViewItem item = new ViewItem(bought, version, purchase);
        purchased.put(item.key(), item);
    }

    private ItemLine active(CartLine line) {
        return new ItemLine(
                before.account(),
                ItemStatus.ACTIVE,
                line.sku(),
                line.quantity(),
                line.unitPrice(),
                line.category(),
                line.since(),
                tie(line.seq()));
    }

    private ItemLine saved(SavedLine line) {
        return new ItemLine(
                before.account(),
                ItemStatus.SAVED,
                line.sku(),
                line.quantity(),
                line.unitPrice(),
                line.category(),
                line.since(),
                tie(line.seq()));
    }

    private static int tie(long seq) {
        return Math.floorMod(seq, TIES);
    }

    private void put(ItemLine line) {
        ViewItem item = new ViewItem(line, version, null);
        lines.put(item.key(), Optional.of(item));
    }

    private void put(OrderItem order) {
        orders.put(order.key(), order);
    }

    private void delete(ItemStatus status, Sku sku) {
        lines.put(Key.line(before.account(), status, sku), Optional.empty());
    }

    private ViewChange change() {
        List<ViewItem> puts = lines.values().stream().flatMap(Optional::stream).toList();
        List<Key> deletes =
                lines.entrySet().stream()
                        .filter(e -> e.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        return new ViewChange(
                before,
                new Head(before.account(), version, cleared, false),
                puts,
                deletes,
                List.copyOf(orders.values()),
                List.copyOf(purchased.values()));
    }
}
