package io.cartlog.schemas.avro;

import static io.cartlog.schemas.avro.Values.fromWire;
import static io.cartlog.schemas.avro.Values.linesFromWire;
import static io.cartlog.schemas.avro.Values.linesToWire;
import static io.cartlog.schemas.avro.Values.savedFromWire;
import static io.cartlog.schemas.avro.Values.savedToWire;
import static io.cartlog.schemas.avro.Values.toWire;

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
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.wire.EventRecord;

/// Events in the wire format.
public final class EventCodec implements Codec<RecordedEvent> {
    private final WireFormat<EventRecord> wire =
            new WireFormat<>(ReleasedSchemas.EVENT_V1, EventRecord.class);

    @Override
    public byte[] toBytes(RecordedEvent event) {
        return wire.encode(toRecord(event));
    }

    @Override
    public RecordedEvent fromBytes(byte[] bytes) {
        return readable(wire.decode(bytes));
    }

    private static RecordedEvent readable(EventRecord event) {
        try {
            return fromRecord(event);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("an event with a value that is none", e);
        }
    }

    static EventRecord toRecord(RecordedEvent event) {
        return new EventRecord(
                event.eventId(),
                event.account().value(),
                event.version(),
                event.commandId().value(),
                event.fingerprint(),
                event.occurredAt(),
                event.recordedAt(),
                payload(event.event()));
    }

    private static Object payload(CartEvent event) {
        return switch (event) {
            case ItemAdded e -> new io.cartlog.wire.ItemAdded(toWire(e.line()), e.added());
            case QuantitySet e -> new io.cartlog.wire.QuantitySet(toWire(e.line()), e.previous());
            case ItemRemoved e -> new io.cartlog.wire.ItemRemoved(toWire(e.line()));
            case ItemSavedForLater e -> new io.cartlog.wire.ItemSavedForLater(toWire(e.saved()));
            case ItemMovedToCart e ->
                    new io.cartlog.wire.ItemMovedToCart(toWire(e.line()), e.moved());
            case ItemSaved e -> new io.cartlog.wire.ItemSaved(toWire(e.saved()));
            case SavedItemRemoved e -> new io.cartlog.wire.SavedItemRemoved(toWire(e.saved()));
            case CheckedOut e ->
                    new io.cartlog.wire.CheckedOut(
                            e.orderId().value(),
                            e.lines().stream().map(Values::toWire).toList(),
                            e.total().stored());
            case PurchaseRecorded e ->
                    new io.cartlog.wire.PurchaseRecorded(
                            e.orderId().value(),
                            toWire(e.line()),
                            io.cartlog.wire.SaleKind.valueOf(e.kind().name()),
                            e.country(),
                            e.orderSince(),
                            e.orderLines(),
                            e.orderAmount().stored());
            case CartCleared e -> new io.cartlog.wire.CartCleared(linesToWire(e.lines()));
            case ClearUndone e -> new io.cartlog.wire.ClearUndone(linesToWire(e.lines()));
            case CartHandedOver e ->
                    new io.cartlog.wire.CartHandedOver(
                            e.to().value(), linesToWire(e.lines()), savedToWire(e.saved()));
            case CartMerged e ->
                    new io.cartlog.wire.CartMerged(
                            e.guest().value(),
                            toWire(e.policy()),
                            linesToWire(e.lines()),
                            savedToWire(e.saved()));
            case MergeUndone e ->
                    new io.cartlog.wire.MergeUndone(
                            e.guest().value(),
                            linesToWire(e.lines()),
                            savedToWire(e.saved()),
                            linesToWire(e.removed()),
                            savedToWire(e.removedSaved()));
            case CartReturned e ->
                    new io.cartlog.wire.CartReturned(
                            e.from().value(), linesToWire(e.lines()), savedToWire(e.saved()));
            case CartExpired e ->
                    new io.cartlog.wire.CartExpired(linesToWire(e.lines()), savedToWire(e.saved()));
        };
    }

    static RecordedEvent fromRecord(EventRecord event) {
        return new RecordedEvent(
                event.getEventId(),
                new AccountId(event.getAccount()),
                event.getVersion(),
                new CommandId(event.getCommandId()),
                event.getFingerprint(),
                event.getOccurredAt(),
                event.getRecordedAt(),
                event(event.getPayload()));
    }

    private static CartEvent event(Object payload) {
        return switch (payload) {
            case io.cartlog.wire.ItemAdded e -> new ItemAdded(fromWire(e.getLine()), e.getAdded());
            case io.cartlog.wire.QuantitySet e ->
                    new QuantitySet(fromWire(e.getLine()), e.getPrevious());
            case io.cartlog.wire.ItemRemoved e -> new ItemRemoved(fromWire(e.getLine()));
            case io.cartlog.wire.ItemSavedForLater e ->
                    new ItemSavedForLater(fromWire(e.getSaved()));
            case io.cartlog.wire.ItemMovedToCart e ->
                    new ItemMovedToCart(fromWire(e.getLine()), e.getMoved());
            case io.cartlog.wire.ItemSaved e -> new ItemSaved(fromWire(e.getSaved()));
            case io.cartlog.wire.SavedItemRemoved e -> new SavedItemRemoved(fromWire(e.getSaved()));
            case io.cartlog.wire.CheckedOut e ->
                    new CheckedOut(
                            new OrderId(e.getOrderId()),
                            e.getLines().stream().map(Values::fromWire).toList(),
                            new Money(e.getTotal()));
            case io.cartlog.wire.PurchaseRecorded e ->
                    new PurchaseRecorded(
                            new OrderId(e.getOrderId()),
                            fromWire(e.getLine()),
                            SaleKind.valueOf(e.getKind().name()),
                            e.getCountry(),
                            e.getOrderSince(),
                            e.getOrderLines(),
                            new Money(e.getOrderAmount()));
            case io.cartlog.wire.CartCleared e -> new CartCleared(linesFromWire(e.getLines()));
            case io.cartlog.wire.ClearUndone e -> new ClearUndone(linesFromWire(e.getLines()));
            case io.cartlog.wire.CartHandedOver e ->
                    new CartHandedOver(
                            new AccountId(e.getTo()),
                            linesFromWire(e.getLines()),
                            savedFromWire(e.getSaved()));
            case io.cartlog.wire.CartMerged e ->
                    new CartMerged(
                            new AccountId(e.getGuest()),
                            fromWire(e.getPolicy()),
                            linesFromWire(e.getLines()),
                            savedFromWire(e.getSaved()));
            case io.cartlog.wire.MergeUndone e ->
                    new MergeUndone(
                            new AccountId(e.getGuest()),
                            linesFromWire(e.getLines()),
                            savedFromWire(e.getSaved()),
                            linesFromWire(e.getRemoved()),
                            savedFromWire(e.getRemovedSaved()));
            case io.cartlog.wire.CartReturned e ->
                    new CartReturned(
                            new AccountId(e.getFrom()),
                            linesFromWire(e.getLines()),
                            savedFromWire(e.getSaved()));
            case io.cartlog.wire.CartExpired e ->
                    new CartExpired(linesFromWire(e.getLines()), savedFromWire(e.getSaved()));
            default ->
                    throw new UnreadableRecordException(
                            "an event of the unknown kind " + payload.getClass().getSimpleName());
        };
    }
}
