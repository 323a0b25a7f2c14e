package io.cartlog.commands.streams;

import io.cartlog.commands.cart.Cart;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cart as it stands in the store: a byte 1 for the format, then its parts.
final class CartState {
    private static final byte FORMAT = 1;
    private static final int LINE_BYTES = 48;

    private CartState() {}

    static byte[] toBytes(Cart cart) {
        int lines = cart.active().size() + cart.saved().size();
        StateWriter out = new StateWriter(16 + lines * LINE_BYTES).put(FORMAT);
        out.unsigned(cart.version()).unsigned(cart.nextSeq()).unsigned(cart.active().size());
        cart.active().forEach(line -> write(out, line));
        out.unsigned(cart.saved().size());
        cart.saved().forEach(line -> write(out, line));
        return out.toBytes();
    }

    /// @param bytes null for an account that nothing has happened to
    static Cart fromBytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Cart.EMPTY;
        }
        StateReader in = new StateReader(bytes, FORMAT);
        return new Cart(in.unsigned(), in.unsigned(), activeLines(in), savedLines(in));
    }

    private static void write(StateWriter out, CartLine line) {
        out.text(line.sku().value())
                .unsigned(line.quantity())
                .moneyOrNull(line.unitPrice())
                .textOrNull(line.category())
                .instant(line.since())
                .unsigned(line.seq());
    }

    private static void write(StateWriter out, SavedLine line) {
        Integer quantity = line.quantity();
        out.text(line.sku().value())
                .unsigned(quantity == null ? 0 : quantity)
                .moneyOrNull(line.unitPrice())
                .textOrNull(line.category())
                .instant(line.since())
                .unsigned(line.seq());
    }

    private static List<CartLine> activeLines(StateReader in) {
        int size = in.integer();
        List<CartLine> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            lines.add(
                    new CartLine(
                            new Sku(in.text()),
                            in.integer(),
                            in.moneyOrNull(),
                            in.textOrNull(),
                            in.instant(),
                            in.unsigned()));
        }
        return lines;
    }

    private static List<SavedLine> savedLines(StateReader in) {
        int size = in.integer();
        List<SavedLine> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String sku = in.text();
            int quantity = in.integer();
            lines.add(
                    new SavedLine(
                            new Sku(sku),
                            quantity == 0 ? null : quantity,
                            in.moneyOrNull(),
                            in.textOrNull(),
                            in.instant(),
                            in.unsigned()));
        }
        return lines;
    }
}
