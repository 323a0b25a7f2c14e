package io.cartlog.schemas.command;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client wishes to happen to an account's cart.
public sealed interface CartCommand {

    /// What may stand in a [Batch].
    sealed interface Action extends CartCommand {}

    /// What the decider says of one account to itself as the decider of another: a step of a merge.
    /// No client can send it.
    sealed interface Message extends CartCommand {}

    /// Puts a product into the cart; if it is there, the quantities add up and the newest price
    /// holds.
    record AddItem(Sku sku, int quantity, Money unitPrice, @Nullable String category)
            implements Action {}

    record SetQuantity(Sku sku, int quantity) implements Action {}

    record RemoveItem(Sku sku) implements Action {}

    /// Takes a product out of the cart and onto the saved list, where it replaces what was saved
    /// before.
    record SaveForLater(Sku sku) implements Action {}

    /// Takes a product from the saved list into the cart. Quantity and price are those given here,
    /// else those it was saved with, else 1 and unknown.
    record MoveToCart(Sku sku, @Nullable Integer quantity, @Nullable Money unitPrice)
            implements Action {}

    /// Saves a product that was not in the cart (S0-24).
    record SaveItem(Sku sku, @Nullable String category) implements Action {}

    record RemoveSavedItem(Sku sku) implements Action {}

    /// Empties the cart; the saved list stays. An empty cart stays empty.
    record ClearCart() implements Action {}

    /// Several actions one after the other, all or none of them.
    ///
    /// @param actions 1 to 100
    record Batch(List<Action> actions) implements CartCommand {
        public static final int MOST = 100;

        public Batch {
            actions = List.copyOf(actions);
        }
    }

    /// Brings a guest's cart and saved list into this account's.
    record MergeCart(AccountId guest, MergePolicy policy) implements CartCommand {}

    /// Takes back the account's last merge or clear, if nothing has happened to it since.
    record UndoLast() implements CartCommand {}

    /// Turns the whole cart into one order.
    record CheckOut() implements CartCommand {}

    /// Records a line that an external till has sold or taken back.
    record RecordPurchase(
            OrderId orderId,
            Sku sku,
            @Nullable String description,
            int quantity,
            Money unitPrice,
            @Nullable String country,
            SaleKind kind)
            implements CartCommand {}

    /// Asks what became of a command of this account. Changes nothing, and is not remembered.
    record LookUp(CommandId command) implements CartCommand {}

    /// To a guest: hand your lines over to the account that merges them.
    ///
    /// @param merge id of the command that wants it
    /// @param fingerprint of that command
    /// @param expectedVersion of the account, where the client named one
    record HandOver(
            CommandId merge,
            long fingerprint,
            AccountId to,
            MergePolicy policy,
            @Nullable Long expectedVersion)
            implements Message {}

    /// From a guest: these were his lines, they are yours now. None if he had none.
    ///
    /// @param merge id of the command that wanted it
    /// @param fingerprint of that command
    record Receive(
            CommandId merge,
            long fingerprint,
            AccountId guest,
            MergePolicy policy,
            List<CartLine> lines,
            List<SavedLine> saved)
            implements Message {
        public Receive {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }

    /// From a guest: he has more on this list than an account may have, and keeps it.
    ///
    /// @param lines on that list
    record CannotHandOver(
            CommandId merge, long fingerprint, AccountId guest, ItemStatus list, int lines)
            implements Message {}

    /// To a guest: the account does not take these lines, or not any longer.
    record TakeBack(AccountId from, List<CartLine> lines, List<SavedLine> saved)
            implements Message {
        public TakeBack {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }
}
