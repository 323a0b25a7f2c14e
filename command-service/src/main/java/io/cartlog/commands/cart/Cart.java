package io.cartlog.commands.cart;

import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an account has in its cart and on its saved list, as its events made it.
///
/// @param version of the account: how many events it has had
/// @param nextSeq what the next line to come into being is numbered
/// @param lastUndoable version that the last merge or clear led to, 0 for none
/// @param active the cart's lines in the order in which they were added
/// @param saved the saved lines in the order in which they were saved
public record Cart(
        long version,
        long nextSeq,
        long lastUndoable,
        List<CartLine> active,
        List<SavedLine> saved) {
    public static final Cart EMPTY = new Cart(0, 1, 0, List.of(), List.of());

    public Cart {
        active = List.copyOf(active);
        saved = List.copyOf(saved);
    }

    /// Whether nothing is in the cart or on the saved list.
    public boolean isEmpty() {
        return active.isEmpty() && saved.isEmpty();
    }

    /// Whether the last thing that happened was a merge or a clear.
    public boolean isUndoable() {
        return lastUndoable > 0 && lastUndoable == version;
    }

    /// The cart's line of this product, or null if there is none.
    public @Nullable CartLine active(Sku sku) {
        String key = sku.key();
        for (CartLine line : active) {
            if (line.sku().key().equals(key)) {
                return line;
            }
        }
        return null;
    }

    /// The saved line of this product, or null if there is none.
    public @Nullable SavedLine saved(Sku sku) {
        String key = sku.key();
        for (SavedLine line : saved) {
            if (line.sku().key().equals(key)) {
                return line;
            }
        }
        return null;
    }
}
