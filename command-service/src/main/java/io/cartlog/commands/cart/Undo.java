package io.cartlog.commands.cart;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.SavedLine;
import java.util.List;

/// What it takes to undo the last merge or clear of an account.
public sealed interface Undo {

    /// @param lines that were in the cart
    record OfClear(List<CartLine> lines) implements Undo {
        public OfClear {
            lines = List.copyOf(lines);
        }
    }

    /// @param before what the account had of the products that the merge has touched
    /// @param brought lines that the account did not have, as the merge left them
    /// @param given the guest's lines
    record OfMerge(AccountId guest, Lines before, Lines brought, Lines given) implements Undo {}

    /// Lines of a cart and of a saved list.
    record Lines(List<CartLine> active, List<SavedLine> saved) {
        static final Lines NONE = new Lines(List.of(), List.of());

        public Lines {
            active = List.copyOf(active);
            saved = List.copyOf(saved);
        }

        int size() {
            return active.size() + saved.size();
        }
    }
}
