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
import org.junit.jupiter.api.Test;

class StateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Cart CART =
            new Cart(
                    300,
                    1L << 40,
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
    private static final String GOLDEN =
            "01ac028080808080200203502d318f4e01020106476572c3a474dcbcccca"
                    + "ef660104c384203201000001020203502d33000000dcbccccaef66030350"
                    + "2d340201feff9ff6f4acdbe01b010163dcbccccaef6604";

    @Test
    void a_cart_is_read_as_it_was_written() {
        assertThat(CartState.fromBytes(CartState.toBytes(CART))).isEqualTo(CART);
        assertThat(CartState.fromBytes(CartState.toBytes(Cart.EMPTY))).isEqualTo(Cart.EMPTY);
        assertThat(CartState.fromBytes(null)).isEqualTo(Cart.EMPTY);
    }

    @Test
    void the_bytes_of_the_first_format_stay_as_they_are() {
        assertThat(HexFormat.of().formatHex(CartState.toBytes(CART))).isEqualTo(GOLDEN);
    }

    @Test
    void a_state_of_another_format_stops_the_reader() {
        assertThatThrownBy(() -> CartState.fromBytes(new byte[] {2, 0, 0}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2");
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
