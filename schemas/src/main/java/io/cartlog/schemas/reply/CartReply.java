package io.cartlog.schemas.reply;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Sku;
import java.util.List;

/// The outcome of a command.
public sealed interface CartReply {

    /// @param events what the command made happen, in order
    record Accepted(List<RecordedEvent> events) implements CartReply {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// A rule of the cart said no, with the numbers that explain it. Nothing has changed.
    sealed interface Refusal extends CartReply {}

    record ItemNotInCart(Sku sku) implements Refusal {}

    record ItemNotSaved(Sku sku) implements Refusal {}

    record CartEmpty() implements Refusal {}

    /// @param inCart what the cart holds of the product
    /// @param requested what it would have held
    record QuantityAboveLimit(Sku sku, int inCart, int requested, int limit) implements Refusal {}

    /// @param status ACTIVE for the cart, SAVED for the saved list
    /// @param lines what the list holds
    record TooManyLines(ItemStatus status, int lines, int limit) implements Refusal {}

    /// The cart can't be checked out while the prices of these are unknown.
    record PriceUnknown(List<Sku> skus) implements Refusal {
        public PriceUnknown {
            skus = List.copyOf(skus);
        }
    }

    /// The idempotency key was used before, for another command.
    ///
    /// @param firstVersion of the account after that other command
    record CommandIdReused(long firstVersion) implements Refusal {}
}
