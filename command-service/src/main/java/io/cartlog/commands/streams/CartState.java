package io.cartlog.commands.streams;

import io.cartlog.commands.cart.Cart;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Carts, and lines, as they stand in the stores: a byte for the format, then the parts.
final class CartState {
    static final byte FORMAT = 2;
    private static final int LINE_BYTES = 48;

    private CartState() {}

    static byte[] toBytes(CartEntry entry) {
        Cart cart = entry.cart();
        StateWriter out = writer(cart.active().size() + cart.saved().size());
        out.unsigned(cart.version()).unsigned(cart.nextSeq()).unsigned(cart.lastUndoable());
        out.instant(entry.changedAt());
        out.unsigned(entry.memoryWindow()).unsigned(entry.memoryBytes());
        return writeSaved(write(out, cart.active()), cart.saved()).toBytes();
    }

    /// @param bytes null for an account that nothing has happened to
    static CartEntry fromBytes(byte @Nullable [] bytes) {
        if (bytes == null) {
            return CartEntry.NONE;
        }
        StateReader in = new StateReader(bytes, FORMAT);
        long version = in.unsigned();
        long nextSeq = in.unsigned();
        long lastUndoable = in.unsigned();
        Instant changedAt = in.instant();
        long window = in.unsigned();
        long memory = in.unsigned();
        Cart cart = new Cart(version, nextSeq, lastUndoable, activeLines(in), savedLines(in));
        return new CartEntry(cart, changedAt, window, memory);
    }

    static StateWriter writer(int lines) {
        return new StateWriter(32 + lines * LINE_BYTES).put(FORMAT);
    }

    static StateWriter write(StateWriter out, List<CartLine> lines) {
        out.unsigned(lines.size());
        lines.forEach(line -> write(out, line));
        return out;
    }

    static StateWriter writeSaved(StateWriter out, List<SavedLine> lines) {
        out.unsigned(lines.size());
        lines.forEach(line -> write(out, line));
        return out;
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

    static List<CartLine> activeLines(StateReader in) {
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

    static List<SavedLine> savedLines(StateReader in) {
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
