package io.cartlog.sink.verify;

import io.cartlog.schemas.avro.UnreadableRecordException;
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
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.row.EventDigest;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.verify.Report.LogPart;
import io.cartlog.sink.verify.Report.LogPartition;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the log says. Shares nothing with the way of a row.
final class LogSide implements EventLog.Reader {
    private final Tallies tallies = new Tallies();
    private final Set<AccountOrder> orders = new HashSet<>();
    private long read;
    private long unreadable;

    /// Two numbers with the same key are one order, as in the views; accounts never share one.
    private record AccountOrder(AccountId account, String orderKey) {}

    @Override
    public void event(int partition, long offset, RecordedEvent event) {
        Range range = Range.of(partition, offset);
        tallies.event(range, event.recordedAt(), EventDigest.of(event));
        orderLines(range, event);
        read++;
    }

    @Override
    public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
        unreadable++;
        read++;
    }

    Tallies tallies() {
        return tallies;
    }

    /// Records so far.
    long read() {
        return read;
    }

    LogPart part(Offsets to) {
        Tally total = tallies.total();
        return new LogPart(
                to.next().entrySet().stream()
                        .map(e -> partition(e.getKey(), e.getValue()))
                        .toList(),
                total.rows(),
                unreadable,
                Report.amount(total.netAmount()),
                Report.amount(total.salesAmount()),
                orders.size());
    }

    private LogPartition partition(int partition, long to) {
        Tally tally = tallies.ofPartition(partition);
        return new LogPartition(partition, 0, to, tally.rows(), EventDigest.text(tally.digest()));
    }

    private void orderLines(Range range, RecordedEvent event) {
        switch (event.event()) {
            case CheckedOut e -> {
                count(event.account(), e.orderId());
                lines(range, e.lines(), SaleKind.SALE);
            }
            case PurchaseRecorded e -> {
                count(event.account(), e.orderId());
                lines(range, List.of(e.line()), e.kind());
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

    private void count(AccountId account, OrderId order) {
        orders.add(new AccountOrder(account, order.key()));
    }

    private void lines(Range range, List<OrderLine> lines, SaleKind kind) {
        for (OrderLine line : lines) {
            BigDecimal amount =
                    line.unitPrice().amount().multiply(BigDecimal.valueOf(line.quantity()));
            boolean sold =
                    kind == SaleKind.SALE
                            && line.quantity() > 0
                            && line.unitPrice().amount().signum() > 0;
            tallies.add(range, Tally.lines(1, amount, sold ? amount : BigDecimal.ZERO));
        }
    }
}
