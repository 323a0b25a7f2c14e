package io.cartlog.projection.verify;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SavedLine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Digests that do not depend on the order: sums, modulo 2 to the 64, of the first 8 bytes of each
/// text's MD5.
final class Digests {
    private Digests() {}

    static long of(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// 16 hexadecimal digits.
    static String hex(long digest) {
        return String.format(Locale.ROOT, "%016x", digest);
    }

    /// `account|version|eventId|type|occurredAt in ms|orderId|sku|quantity|unitPrice`, empty for
    /// what the event has not; after it, for each line of a checkout,
    /// `|lineNo:sku:quantity:unitPrice`. Other services build the same text from what they store.
    static String text(RecordedEvent event) {
        return event.account()
                + "|"
                + event.version()
                + "|"
                + event.eventId()
                + "|"
                + event.event().type()
                + "|"
                + event.occurredAt().toEpochMilli()
                + "|"
                + payload(event.event());
    }

    private static String payload(CartEvent event) {
        return switch (event) {
            case CartEvent.ItemAdded e -> line(e.line());
            case CartEvent.QuantitySet e -> line(e.line());
            case CartEvent.ItemRemoved e -> line(e.line());
            case CartEvent.ItemMovedToCart e -> line(e.line());
            case CartEvent.ItemSavedForLater e -> line(e.saved());
            case CartEvent.ItemSaved e -> line(e.saved());
            case CartEvent.SavedItemRemoved e -> line(e.saved());
            case CartEvent.PurchaseRecorded e ->
                    fields(e.orderId(), e.line().sku(), e.line().quantity(), e.line().unitPrice());
            case CartEvent.CheckedOut e -> order(e);
            case CartEvent.CartCleared _,
                    CartEvent.ClearUndone _,
                    CartEvent.CartHandedOver _,
                    CartEvent.CartMerged _,
                    CartEvent.MergeUndone _,
                    CartEvent.CartReturned _,
                    CartEvent.CartExpired _ ->
                    fields(null, null, null, null);
        };
    }

    private static String line(CartLine line) {
        return fields(null, line.sku(), line.quantity(), line.unitPrice());
    }

    private static String line(SavedLine line) {
        return fields(null, line.sku(), line.quantity(), line.unitPrice());
    }

    private static String order(CartEvent.CheckedOut order) {
        StringBuilder text = new StringBuilder(fields(order.orderId(), null, null, null));
        for (OrderLine line : order.lines()) {
            text.append('|')
                    .append(line.lineNo())
                    .append(':')
                    .append(line.sku())
                    .append(':')
                    .append(line.quantity())
                    .append(':')
                    .append(line.unitPrice());
        }
        return text.toString();
    }

    private static String fields(
            @Nullable Object orderId,
            @Nullable Object sku,
            @Nullable Object quantity,
            @Nullable Object unitPrice) {
        return text(orderId) + "|" + text(sku) + "|" + text(quantity) + "|" + text(unitPrice);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
