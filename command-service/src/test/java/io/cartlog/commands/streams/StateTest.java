package io.cartlog.commands.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.cart.Cart;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Cart CART =
            new Cart(
                    300,
                    1L << 40,
                    299,
                    List.of(
                            new CartLine(
                                    new Sku("P-1"), 9_999, Money.of("0.0001"), "Gerät", NOW, 1),
                            new CartLine(
                                    new Sku("Ä 2"),
                                    1,
                                    null,
                                    null,
                                    Instant.EPOCH.minusMillis(1),
                                    2)),
                    List.of(
                            new SavedLine(new Sku("P-3"), null, null, null, NOW, 3),
                            new SavedLine(
                                    new Sku("P-4"),
                                    2,
                                    Money.of("99999999999999.9999"),
                                    "c",
                                    NOW,
                                    4)));
    private static final CartEntry ENTRY =
            new CartEntry(CART, NOW.plusSeconds(1), Answers.window(NOW), 70_000);
    private static final String GOLDEN =
            "02ac02808080808020ab02accccccaef6680d0eab6b733f0a2040203502d318f4e"
                    + "01020106476572c3a474dcbccccaef660104c3842032010000010202"
                    + "03502d33000000dcbccccaef660303502d340201feff9ff6f4acdbe01b"
                    + "010163dcbccccaef6604";

    @Test
    void a_cart_is_read_as_it_was_written() {
        assertThat(CartState.fromBytes(CartState.toBytes(ENTRY))).isEqualTo(ENTRY);
        assertThat(CartState.fromBytes(CartState.toBytes(CartEntry.NONE)))
                .isEqualTo(CartEntry.NONE);
        assertThat(CartState.fromBytes(null)).isEqualTo(CartEntry.NONE);
    }

    @Test
    void the_bytes_of_the_format_stay_as_they_are() {
        assertThat(HexFormat.of().formatHex(CartState.toBytes(ENTRY))).isEqualTo(GOLDEN);
    }

    @Test
    void a_state_of_another_format_stops_the_reader() {
        assertThatThrownBy(() -> CartState.fromBytes(new byte[] {1, 0, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1");
    }

    @Test
    void the_largest_cart_fits_into_a_record() {
        String sku = "x".repeat(40);
        String category = "c".repeat(60);
        List<CartLine> lines =
                Stream.iterate(1L, n -> n + 1)
                        .limit(4_000)
                        .map(n ->
                                new CartLine(
                                        new Sku(sku),
                                        24_000,
                                        Money.of("1000000"),
                                        category,
                                        NOW,
                                        1_000_000 + n))
                        .toList();
        List<SavedLine> saved =
                lines.stream()
                        .map(l ->
                                new SavedLine(
                                        l.sku(),
                                        l.quantity(),
                                        l.unitPrice(),
                                        category,
                                        NOW,
                                        l.seq()))
                        .toList();
        CartEntry largest =
                new CartEntry(new Cart(1L << 40, 1L << 40, 1L << 40, lines, saved), NOW, 1, 1);
        assertThat(CartState.toBytes(largest)).hasSizeLessThan(1 << 20);
    }

    @Test
    void numbers_of_every_size_survive() {
        for (int shift = 0; shift < 64; shift++) {
            long value = (1L << shift) - 1;
            byte[] bytes =
                    new StateWriter(1)
                            .put((byte) 1)
                            .unsigned(value)
                            .signed(-value)
                            .fixed(~value)
                            .toBytes();
            StateReader in = new StateReader(bytes, (byte) 1);
            assertThat(in.unsigned()).isEqualTo(value);
            assertThat(in.signed()).isEqualTo(-value);
            assertThat(in.fixed()).isEqualTo(~value);
        }
    }
}
