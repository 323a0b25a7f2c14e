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
import io.cartlog.schemas.value.SavedLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/// 64 bits that stand for an event's content, wherever the event is: in the log, in the lake or in
/// the warehouse. Digests of many events are added up, so their order does not matter.
///
/// It is the first 8 bytes of MD5 over
/// `account|version|eventId|type|occurredAt|orderId|sku|quantity|unitPrice`, nothing where the
/// event has no such value, and after that `|lineNo:sku:quantity:unitPrice` for each line of an
/// order of a whole cart. The two ways to it, from the event and from the row, share nothing but
/// this form.
public final class EventDigest {
    private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(EventDigest::md5);

    private EventDigest() {}

    /// Of an event as it stands in the log.
    public static long of(RecordedEvent event) {
        StringBuilder text =
                start(
                        event.account().value(),
                        event.version(),
                        event.eventId().toString(),
                        event.event().type(),
                        event.occurredAt().toEpochMilli());
        append(text, event.event());
        return first8(text);
    }

    /// Of an event as it stands in a row.
    public static long of(EventRow row) {
        StringBuilder text =
                start(
                        row.accountId(),
                        row.version(),
                        row.eventId(),
                        row.eventType(),
                        row.occurredAt().toEpochMilli());
        fields(text, row.orderId(), row.sku(), row.quantity(), row.unitPrice());
        if (row.lines() != null) {
            row.lines().forEach(l -> line(text, l.lineNo(), l.sku(), l.quantity(), l.unitPrice()));
        }
        return first8(text);
    }

    /// As it is printed: 16 hexadecimal digits.
    public static String text(long digest) {
        return String.format("%016x", digest);
    }

    private static StringBuilder start(
            String account, long version, String eventId, String type, long occurredAt) {
        return new StringBuilder(160)
                .append(account)
                .append('|')
                .append(version)
                .append('|')
                .append(eventId)
                .append('|')
                .append(type)
                .append('|')
                .append(occurredAt);
    }

    private static void append(StringBuilder text, CartEvent event) {
        switch (event) {
            case ItemAdded e -> cartLine(text, e.line());
            case QuantitySet e -> cartLine(text, e.line());
            case ItemRemoved e -> cartLine(text, e.line());
            case ItemSavedForLater e -> savedLine(text, e.saved());
            case ItemMovedToCart e -> cartLine(text, e.line());
            case ItemSaved e -> savedLine(text, e.saved());
            case SavedItemRemoved e -> savedLine(text, e.saved());
            case CheckedOut e -> {
                fields(text, e.orderId().value(), null, null, null);
                e.lines().forEach(l -> orderLine(text, l));
            }
            case PurchaseRecorded e -> {
                OrderLine l = e.line();
                fields(text, e.orderId().value(), l.sku().value(), l.quantity(), l.unitPrice());
            }
            case CartCleared _,
                    ClearUndone _,
                    CartHandedOver _,
                    CartMerged _,
                    MergeUndone _,
                    CartReturned _,
                    CartExpired _ ->
                    fields(text, null, null, null, null);
        }
    }

    private static void cartLine(StringBuilder text, CartLine line) {
        fields(text, null, line.sku().value(), line.quantity(), line.unitPrice());
    }

    private static void savedLine(StringBuilder text, SavedLine line) {
        fields(text, null, line.sku().value(), line.quantity(), line.unitPrice());
    }

    private static void orderLine(StringBuilder text, OrderLine line) {
        line(text, line.lineNo(), line.sku().value(), line.quantity(), line.unitPrice());
    }

    private static void fields(
            StringBuilder text,
            @Nullable String orderId,
            @Nullable String sku,
            @Nullable Integer quantity,
            @Nullable Money unitPrice) {
        field(text, orderId);
        field(text, sku);
        field(text, quantity);
        field(text, unitPrice);
    }

    private static void field(StringBuilder text, @Nullable Object value) {
        text.append('|');
        if (value != null) {
            text.append(value);
        }
    }

    private static void line(
            StringBuilder text, int lineNo, String sku, int quantity, Money unitPrice) {
        text.append('|').append(lineNo).append(':').append(sku).append(':').append(quantity);
        text.append(':').append(unitPrice);
    }

    private static long first8(CharSequence text) {
        byte[] hash = MD5.get().digest(text.toString().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
