package io.cartlog.projection.view;

import java.util.List;

/// What a run of events does to an account's items; every key stands in it once at most.
///
/// @param before the head that the change goes on from
/// @param puts lines of the cart and the saved list as they are afterwards
/// @param deletes lines of the cart and the saved list that are gone
/// @param orders as they are afterwards
/// @param purchased new lines of orders; nothing ever changes them
public record ViewChange(
        Head before,
        Head after,
        List<ViewItem> puts,
        List<Key> deletes,
        List<OrderItem> orders,
        List<ViewItem> purchased) {

    public boolean isEmpty() {
        return before.version() == after.version();
    }

    /// Writes that must happen together: all but the purchased lines, and the head.
    public int guarded() {
        return 1 + puts.size() + deletes.size() + orders.size();
    }
}
