package io.cartlog.schemas.reply;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Sku;
import java.util.List;

/// The outcome of a command.
public sealed interface CartReply {

    /// The command is decided.
    sealed interface Outcome extends CartReply {}

    /// Answer to a look-up of a command that has no outcome.
    sealed interface NoOutcome extends CartReply {}

    /// @param events what the command made happen, in order; none if all was as it wished already
    record Accepted(List<RecordedEvent> events) implements Outcome {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /// A rule of the cart said no, with the numbers that explain it. Nothing has changed.
    sealed interface Refusal extends Outcome {}

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

    /// The account has another version than the one that the client has seen.
    ///
    /// @param expected by the client
    /// @param actual version of the account
    /// @param cart its lines
    record VersionConflict(long expected, long actual, List<CartLine> cart) implements Refusal {
        public VersionConflict {
            cart = List.copyOf(cart);
        }
    }

    /// Something else has happened since the last merge or clear, or there was none.
    ///
    /// @param version of the account
    /// @param lastUndoable version that the last merge or clear led to, 0 for none
    record NothingToUndo(long version, long lastUndoable) implements Refusal {}

    /// An action of a batch was refused, and so the batch.
    ///
    /// @param index of the action, from 0
    record ActionRefused(int index, Refusal refusal) implements Refusal {}

    /// The answers to the account's commands of the last days take too much memory. Not remembered.
    ///
    /// @param kilobytes that they take
    record TooMuchRemembered(long kilobytes, long limit) implements Refusal {}

    /// The command is being decided.
    record Pending() implements NoOutcome {}

    /// No such command has come to the account, or it is forgotten.
    record Unknown() implements NoOutcome {}
}
