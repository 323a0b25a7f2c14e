package io.cartlog.sink;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Events of made-up accounts. Nothing in them is random.
public final class SampleEvents {
    public static final Instant OCCURRED = Instant.parse("2010-12-01T08:26:00Z");
    public static final Instant RECORDED = Instant.parse("2026-01-02T03:04:05.678Z");

    private static final Sku TV = new Sku("P-1001");
    private static final Sku HEART = new Sku("85123A");

    private static final AccountId GUEST = new AccountId("guest-1");

    private SampleEvents() {}

    /// One event of every kind.
    public static Stream<CartEvent> everyKind() {
        CartLine line = new CartLine(TV, 2, Money.of("199.99"), "TV", OCCURRED, 1);
        SavedLine saved = new SavedLine(HEART, null, null, null, OCCURRED, 2);
        return Stream.of(
                new ItemAdded(line, 2),
                new CartEvent.QuantitySet(line, 1),
                new CartEvent.ItemRemoved(line),
                new CartEvent.ItemSavedForLater(saved),
                new CartEvent.ItemMovedToCart(line, 1),
                new CartEvent.ItemSaved(saved),
                new CartEvent.SavedItemRemoved(saved),
                checkedOut("O-1", "199.99", "0.001"),
                sold("536365", 1, -6, "2.55"),
                new CartEvent.CartCleared(List.of(line)),
                new CartEvent.ClearUndone(List.of(line)),
                new CartEvent.CartHandedOver(GUEST, List.of(line), List.of(saved)),
                new CartEvent.CartMerged(GUEST, MergePolicy.SUM, List.of(line), List.of(saved)),
                new CartEvent.MergeUndone(
                        GUEST, List.of(), List.of(), List.of(line), List.of(saved)),
                new CartEvent.CartReturned(GUEST, List.of(line), List.of(saved)),
                new CartEvent.CartExpired(List.of(line), List.of(saved)));
    }

    /// An order of a whole cart: two of the first, one of each other price.
    public static CheckedOut checkedOut(String order, String... prices) {
        List<OrderLine> lines =
                Stream.iterate(1, n -> n <= prices.length, n -> n + 1)
                        .map(n -> checkedOutLine(n, prices[n - 1]))
                        .toList();
        Money total = lines.stream().map(OrderLine::amount).reduce(Money.ZERO, Money::plus);
        return new CheckedOut(new OrderId(order), lines, total);
    }

    private static OrderLine checkedOutLine(int lineNo, String price) {
        Sku sku = new Sku("P-" + (1000 + lineNo));
        int quantity = lineNo == 1 ? 2 : 1;
        String category = lineNo == 1 ? "TV \"4K\" \\ Möbel" : null;
        return new OrderLine(lineNo, 1, sku, null, category, quantity, Money.of(price), lineNo);
    }

    public static PurchaseRecorded sold(String order, int lineNo, int quantity, String price) {
        OrderLine line =
                new OrderLine(
                        lineNo,
                        1,
                        HEART,
                        "WHITE HANGING HEART",
                        null,
                        quantity,
                        Money.of(price),
                        1);
        return new PurchaseRecorded(
                new OrderId(order),
                line,
                kind(order, quantity),
                "United Kingdom",
                OCCURRED,
                lineNo,
                line.amount());
    }

    private static SaleKind kind(String order, int quantity) {
        if (order.startsWith("C")) {
            return SaleKind.RETURN;
        }
        return quantity < 0 ? SaleKind.ADJUSTMENT : SaleKind.SALE;
    }

    public static CartEvent added(int quantity) {
        return new ItemAdded(
                new CartLine(TV, quantity, Money.of("5"), null, OCCURRED, quantity), quantity);
    }

    public static RecordedEvent recorded(String account, long version, CartEvent event) {
        return recorded(account, version, event, RECORDED);
    }

    public static RecordedEvent recorded(
            String account, long version, CartEvent event, Instant recordedAt) {
        return new RecordedEvent(
                UUID.nameUUIDFromBytes(
                        (account + "/" + version)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                new AccountId(account),
                version,
                new CommandId("key-" + account + "-" + version),
                -3L,
                OCCURRED,
                recordedAt,
                event);
    }
}
