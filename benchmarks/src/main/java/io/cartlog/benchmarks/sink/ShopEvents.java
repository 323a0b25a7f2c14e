package io.cartlog.benchmarks.sink;

import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Events of a shop, always the same ones: of twenty, fourteen lines of a till, five of a cart, one
/// order of a whole cart with five lines.
final class ShopEvents {
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");
    private static final int ACCOUNTS = 4_000;
    private static final int PRODUCTS = 3_900;
    private static final int LINES_OF_AN_INVOICE = 20;

    private ShopEvents() {}

    static byte[] key(long n) {
        return account(n).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] value(long n) {
        Instant at = START.plusMillis(n);
        return Topics.EVENTS
                .values()
                .toBytes(
                        new RecordedEvent(
                                new UUID(mixed(n), mixed(~n)),
                                new AccountId(account(n)),
                                n / ACCOUNTS + 1,
                                new CommandId("retail-" + Long.toHexString(mixed(n))),
                                mixed(n),
                                at,
                                at,
                                event(n, at)));
    }

    private static CartEvent event(long n, Instant at) {
        int turn = (int) (n % 20);
        if (turn == 19) {
            List<OrderLine> lines =
                    IntStream.rangeClosed(1, 5).mapToObj(i -> orderLine(n + i, i)).toList();
            return new CartEvent.CheckedOut(
                    new OrderId("O-" + n),
                    lines,
                    lines.stream().map(OrderLine::amount).reduce(Money.ZERO, Money::plus));
        }
        return turn < 14 ? sold(n, at) : added(n, at);
    }

    private static CartEvent sold(long n, Instant at) {
        OrderLine line = orderLine(n, (int) (n % LINES_OF_AN_INVOICE) + 1);
        return new CartEvent.PurchaseRecorded(
                new OrderId(Long.toString(536_365 + n / LINES_OF_AN_INVOICE)),
                line,
                SaleKind.SALE,
                n % 10 == 0 ? "Germany" : "United Kingdom",
                at,
                line.lineNo(),
                line.amount());
    }

    private static CartEvent added(long n, Instant at) {
        int quantity = 1 + (int) (n % 3);
        return new CartEvent.ItemAdded(
                new CartLine(sku(n), quantity, price(n), category(n), at, n), quantity);
    }

    private static OrderLine orderLine(long n, int lineNo) {
        return new OrderLine(
                lineNo,
                1,
                sku(n),
                "WHITE HANGING HEART HOLDER " + product(n),
                category(n),
                1 + (int) (n % 12),
                price(n),
                n);
    }

    private static String account(long n) {
        return Long.toString(12_346 + Math.floorMod(mixed(n), ACCOUNTS));
    }

    private static Sku sku(long n) {
        return new Sku("P-" + (10_000 + product(n)));
    }

    private static long product(long n) {
        return Math.floorMod(mixed(n + 7), PRODUCTS);
    }

    private static String category(long n) {
        return "Category " + product(n) % 40;
    }

    private static Money price(long n) {
        return new Money(BigDecimal.valueOf(product(n) % 9_000, 2));
    }

    /// Numbers that follow each other become such that do not.
    private static long mixed(long n) {
        long z = (n + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
