package io.cartlog.sink;

import io.cartlog.schemas.event.CartEvent;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events of every kind with any values that the language allows, the same ones for a seed.
public final class RandomEvents {
    private static final int KINDS = 16;
    private static final List<String> SKUS =
            List.of("P-1001", "85123A", "BANK CHARGES", " m ", "Möbel", "茶", "x".repeat(40));
    private static final List<String> TEXTS =
            List.of("", "TV", "TV \"4K\" \\ Möbel", "茶と急須", "🛒", "a,b\nc", "y".repeat(120));
    private static final List<Long> AMOUNTS =
            List.of(0L, 1L, -1L, 127L, 128L, -128L, -129L, 25_500L, 999_999_999_999_999_999L);

    private final Random random;

    public RandomEvents(long seed) {
        random = new Random(seed);
    }

    /// The `n`-th: kinds take turns.
    public RecordedEvent recorded(int n) {
        return new RecordedEvent(
                new UUID(random.nextLong(), random.nextLong()),
                account(),
                random.nextInt(4) == 0 ? random.nextLong() : n + 1,
                new CommandId(one(List.of("k", "!~", "key-" + n, "c".repeat(100)))),
                random.nextLong(),
                instant(),
                instant(),
                event(n % KINDS));
    }

    /// One whose amounts are beyond no limit, whatever they are multiplied by.
    private CartEvent event(int kind) {
        return switch (kind) {
            case 0 -> new CartEvent.ItemAdded(cartLine(), integer());
            case 1 -> new CartEvent.QuantitySet(cartLine(), integer());
            case 2 -> new CartEvent.ItemRemoved(cartLine());
            case 3 -> new CartEvent.ItemSavedForLater(savedLine());
            case 4 -> new CartEvent.ItemMovedToCart(cartLine(), integer());
            case 5 -> new CartEvent.ItemSaved(savedLine());
            case 6 -> new CartEvent.SavedItemRemoved(savedLine());
            case 7 -> new CartEvent.CheckedOut(order(), several(this::orderLine), money());
            case 8 ->
                    new CartEvent.PurchaseRecorded(
                            order(),
                            orderLine(),
                            one(List.of(SaleKind.values())),
                            optional(() -> one(TEXTS)),
                            instant(),
                            integer(),
                            money());
            case 9 -> new CartEvent.CartCleared(several(this::cartLine));
            case 10 -> new CartEvent.ClearUndone(several(this::cartLine));
            case 11 ->
                    new CartEvent.CartHandedOver(
                            account(), several(this::cartLine), several(this::savedLine));
            case 12 ->
                    new CartEvent.CartMerged(
                            account(),
                            one(List.of(MergePolicy.values())),
                            several(this::cartLine),
                            several(this::savedLine));
            case 13 ->
                    new CartEvent.MergeUndone(
                            account(),
                            several(this::cartLine),
                            several(this::savedLine),
                            several(this::cartLine),
                            several(this::savedLine));
            case 14 ->
                    new CartEvent.CartReturned(
                            account(), several(this::cartLine), several(this::savedLine));
            default -> new CartEvent.CartExpired(several(this::cartLine), several(this::savedLine));
        };
    }

    private CartLine cartLine() {
        return new CartLine(
                sku(),
                integer(),
                optional(this::money),
                optional(() -> one(TEXTS)),
                instant(),
                random.nextLong());
    }

    private SavedLine savedLine() {
        return new SavedLine(
                sku(),
                optional(this::integer),
                optional(this::money),
                optional(() -> one(TEXTS)),
                instant(),
                random.nextLong());
    }

    private OrderLine orderLine() {
        boolean isLarge = random.nextInt(8) == 0;
        return new OrderLine(
                integer(),
                integer(),
                sku(),
                optional(() -> one(TEXTS)),
                optional(() -> one(TEXTS)),
                isLarge ? 1 - random.nextInt(3) : random.nextInt(20_000) - 10_000,
                isLarge ? new Money(tenthsOfThousandths(99_999_999_999_999_999L)) : price(),
                random.nextLong());
    }

    private AccountId account() {
        return new AccountId(
                one(List.of("17850", "guest-536414", "a.b_c:d@e-f", "z".repeat(40), "0")));
    }

    private OrderId order() {
        return new OrderId(one(List.of("536365", "C536365", "O-01J", "Nº 1", "o".repeat(40))));
    }

    private Sku sku() {
        return new Sku(one(SKUS));
    }

    private Money money() {
        return new Money(tenthsOfThousandths(one(AMOUNTS)));
    }

    private Money price() {
        return new Money(tenthsOfThousandths(random.nextInt(2_000_000) - 100_000));
    }

    private static BigDecimal tenthsOfThousandths(long unscaled) {
        return new BigDecimal(BigInteger.valueOf(unscaled), Money.SCALE);
    }

    private int integer() {
        return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(100);
    }

    /// Some hours, so that rows fall into several files; sometimes long ago.
    private Instant instant() {
        long millis = SampleEvents.RECORDED.toEpochMilli() + random.nextInt(10_000_000);
        return Instant.ofEpochMilli(random.nextInt(20) == 0 ? -millis : millis);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> @Nullable T optional(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> several(Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(4)).toList();
    }
}
