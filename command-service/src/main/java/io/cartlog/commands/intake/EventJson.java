package io.cartlog.commands.intake;

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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events as clients see them: the names of the schema, money as text, times in UTC with
/// milliseconds; what is unknown is left out.
final class EventJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private EventJson() {}

    static Map<String, Object> of(RecordedEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("eventId", event.eventId().toString());
        json.put("version", event.version());
        json.put("type", event.event().type());
        json.put("occurredAt", time(event.occurredAt()));
        json.put("recordedAt", time(event.recordedAt()));
        putPayload(json, event.event());
        return json;
    }

    private static void putPayload(Map<String, Object> json, CartEvent event) {
        switch (event) {
            case ItemAdded e -> {
                json.put("line", line(e.line()));
                json.put("added", e.added());
            }
            case QuantitySet e -> {
                json.put("line", line(e.line()));
                json.put("previous", e.previous());
            }
            case ItemRemoved e -> json.put("line", line(e.line()));
            case ItemSavedForLater e -> json.put("saved", line(e.saved()));
            case ItemMovedToCart e -> {
                json.put("line", line(e.line()));
                json.put("moved", e.moved());
            }
            case ItemSaved e -> json.put("saved", line(e.saved()));
            case SavedItemRemoved e -> json.put("saved", line(e.saved()));
            case CheckedOut e -> {
                json.put("orderId", e.orderId().value());
                json.put("lines", e.lines().stream().map(EventJson::line).toList());
                json.put("total", e.total().toString());
            }
            case PurchaseRecorded e -> {
                json.put("orderId", e.orderId().value());
                json.put("line", line(e.line()));
                json.put("kind", e.kind().name());
                putIfKnown(json, "country", e.country());
                json.put("orderSince", time(e.orderSince()));
                json.put("orderLines", e.orderLines());
                json.put("orderAmount", e.orderAmount().toString());
            }
            case CartCleared e -> json.put("lines", lines(e.lines()));
            case ClearUndone e -> json.put("lines", lines(e.lines()));
            case CartHandedOver e -> {
                json.put("to", e.to().value());
                putLines(json, e.lines(), e.saved());
            }
            case CartMerged e -> {
                json.put("guest", e.guest().value());
                json.put("policy", e.policy().name().toLowerCase(Locale.ROOT));
                putLines(json, e.lines(), e.saved());
            }
            case MergeUndone e -> {
                json.put("guest", e.guest().value());
                putLines(json, e.lines(), e.saved());
                json.put("removed", lines(e.removed()));
                json.put("removedSaved", savedLines(e.removedSaved()));
            }
            case CartReturned e -> {
                json.put("from", e.from().value());
                putLines(json, e.lines(), e.saved());
            }
            case CartExpired e -> putLines(json, e.lines(), e.saved());
        }
    }

    private static void putLines(
            Map<String, Object> json, List<CartLine> lines, List<SavedLine> saved) {
        json.put("lines", lines(lines));
        json.put("saved", savedLines(saved));
    }

    static List<Map<String, Object>> lines(List<CartLine> lines) {
        return lines.stream().map(EventJson::line).toList();
    }

    private static List<Map<String, Object>> savedLines(List<SavedLine> lines) {
        return lines.stream().map(EventJson::line).toList();
    }

    private static Map<String, Object> line(CartLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sku", line.sku().value());
        json.put("quantity", line.quantity());
        putIfKnown(json, "unitPrice", text(line.unitPrice()));
        putIfKnown(json, "category", line.category());
        json.put("since", time(line.since()));
        json.put("seq", line.seq());
        return json;
    }

    private static Map<String, Object> line(SavedLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sku", line.sku().value());
        putIfKnown(json, "quantity", line.quantity());
        putIfKnown(json, "unitPrice", text(line.unitPrice()));
        putIfKnown(json, "category", line.category());
        json.put("since", time(line.since()));
        json.put("seq", line.seq());
        return json;
    }

    private static Map<String, Object> line(OrderLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lineNo", line.lineNo());
        json.put("occurrence", line.occurrence());
        json.put("sku", line.sku().value());
        putIfKnown(json, "description", line.description());
        putIfKnown(json, "category", line.category());
        json.put("quantity", line.quantity());
        json.put("unitPrice", line.unitPrice().toString());
        json.put("seq", line.seq());
        return json;
    }

    private static void putIfKnown(Map<String, Object> json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toString();
    }

    private static String time(Instant time) {
        return TIME.format(time);
    }
}
