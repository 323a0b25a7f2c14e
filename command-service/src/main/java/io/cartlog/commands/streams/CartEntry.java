package io.cartlog.commands.streams;

import io.cartlog.commands.cart.Cart;
import java.time.Instant;

/// A cart with what else is kept of its account.
///
/// @param changedAt log time of the last event
/// @param memoryWindow the window of [Answers] that `memoryBytes` is about
/// @param memoryBytes what the answers to the account's commands take in that window
record CartEntry(Cart cart, Instant changedAt, long memoryWindow, long memoryBytes) {
    static final CartEntry NONE = new CartEntry(Cart.EMPTY, Instant.EPOCH, 0, 0);

    CartEntry changed(Cart newCart, Instant now) {
        return new CartEntry(newCart, now, memoryWindow, memoryBytes);
    }

    /// With so much more in the memory.
    CartEntry remembering(int bytes, Instant now) {
        return new CartEntry(cart, changedAt, Answers.window(now), memoryBytes(now) + bytes);
    }

    /// What the answers of the window take that this time lies in.
    long memoryBytes(Instant now) {
        return Answers.window(now) == memoryWindow ? memoryBytes : 0;
    }
}
