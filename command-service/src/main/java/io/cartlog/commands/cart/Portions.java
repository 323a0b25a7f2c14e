package io.cartlog.commands.cart;

import io.cartlog.commands.cart.Undo.Lines;
import java.util.ArrayList;
import java.util.List;

/// Cuts a change of many lines into what one event may touch: a view writes each event in one
/// transaction, which takes 100 items. Only the lines of a cart that is emptied may be more, for
/// views do that with the cart as a whole.
final class Portions {
    static final int MOST = 90;

    private Portions() {}

    /// Of lines that are there afterwards; one at least.
    static List<Lines> changed(Lines lines) {
        if (lines.active().size() + lines.saved().size() <= MOST) {
            return List.of(lines);
        }
        List<Lines> portions = new ArrayList<>();
        cut(lines.active()).forEach(part -> portions.add(new Lines(part, List.of())));
        cut(lines.saved()).forEach(part -> portions.add(new Lines(List.of(), part)));
        return portions;
    }

    /// Of an account that is emptied.
    static List<Lines> emptied(Cart cart) {
        if (cart.active().size() + cart.saved().size() <= MOST) {
            return List.of(new Lines(cart.active(), cart.saved()));
        }
        List<Lines> portions = new ArrayList<>();
        if (!cart.active().isEmpty()) {
            portions.add(new Lines(cart.active(), List.of()));
        }
        cut(cart.saved()).forEach(part -> portions.add(new Lines(List.of(), part)));
        return portions;
    }

    private static <T> List<List<T>> cut(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            parts.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return parts;
    }
}
