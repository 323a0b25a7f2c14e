package io.cartlog.projection.verify;

import io.cartlog.projection.verify.LogReader.Range;
import io.cartlog.projection.view.Key;
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
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the log holds in sum. Every service that reconciles works it out for itself, and all must
/// agree.
final class LogTotals {
    private final Map<Integer, Range> ranges;
    private final Map<Integer, Long> events = new TreeMap<>();
    private final Map<Integer, Long> digests = new TreeMap<>();
    private final Set<Key> orders = new HashSet<>();
    private Money net = Money.ZERO;
    private Money sales = Money.ZERO;
    private long unreadable;

    LogTotals(Map<Integer, Range> ranges) {
        this.ranges = ranges;
    }

    void add(int partition, RecordedEvent event) {
        events.merge(partition, 1L, Long::sum);
        digests.merge(partition, Digests.of(Digests.text(event)), Long::sum);
        switch (event.event()) {
            case PurchaseRecorded sale -> {
                orders.add(Key.order(sale.orderId(), event.account()));
                add(sale.line(), sale.kind());
            }
            case CheckedOut order -> {
                orders.add(Key.order(order.orderId(), event.account()));
                order.lines().forEach(line -> add(line, SaleKind.SALE));
            }
            case ItemAdded _,
                    QuantitySet _,
                    ItemRemoved _,
                    ItemSavedForLater _,
                    ItemMovedToCart _,
                    ItemSaved _,
                    SavedItemRemoved _,
                    CartCleared _,
                    ClearUndone _,
                    CartHandedOver _,
                    CartMerged _,
                    MergeUndone _,
                    CartReturned _,
                    CartExpired _ -> {}
        }
    }

    private void add(OrderLine line, SaleKind kind) {
        net = net.plus(line.amount());
        boolean isSale = kind == SaleKind.SALE && line.quantity() > 0;
        if (isSale && line.unitPrice().compareTo(Money.ZERO) > 0) {
            sales = sales.plus(line.amount());
        }
    }

    void unreadable() {
        unreadable++;
    }

    long events() {
        return events.values().stream().mapToLong(Long::longValue).sum();
    }

    /// @param partitions offsets `from` to before `to`, events in them and their digest
    /// @param netAmount of all lines of orders
    /// @param salesAmount of those that are sales with a quantity and a price above 0
    /// @param orders by account and order key, as the table holds them
    record Summary(
            List<PartitionSummary> partitions,
            long events,
            long unreadable,
            String netAmount,
            String salesAmount,
            int orders) {}

    record PartitionSummary(int partition, long from, long to, long events, String digest) {}

    Summary summary() {
        List<PartitionSummary> partitions =
                ranges.entrySet().stream()
                        .map(e ->
                                new PartitionSummary(
                                        e.getKey(),
                                        e.getValue().from(),
                                        e.getValue().to(),
                                        events.getOrDefault(e.getKey(), 0L),
                                        Digests.hex(digests.getOrDefault(e.getKey(), 0L))))
                        .toList();
        return new Summary(
                partitions, events(), unreadable, net.toString(), sales.toString(), orders.size());
    }
}
