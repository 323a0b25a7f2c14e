package io.cartlog.schemas.event;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has happened to an account's cart. An event carries each line it touches as the line is
/// afterwards, so that a view needs nothing but the event.
public sealed interface CartEvent {

    record ItemAdded(CartLine line, int added) implements CartEvent {}

    record QuantitySet(CartLine line, int previous) implements CartEvent {}

    /// @param line as it was
    record ItemRemoved(CartLine line) implements CartEvent {}

    /// The product left the cart and stands on the saved list.
    record ItemSavedForLater(SavedLine saved) implements CartEvent {}

    /// The product left the saved list; `moved` of it joined the cart's line.
    record ItemMovedToCart(CartLine line, int moved) implements CartEvent {}

    record ItemSaved(SavedLine saved) implements CartEvent {}

    /// @param saved as it was
    record SavedItemRemoved(SavedLine saved) implements CartEvent {}

    /// The whole cart became this order; nothing is left in it.
    record CheckedOut(OrderId orderId, List<OrderLine> lines, Money total) implements CartEvent {
        public CheckedOut {
            lines = List.copyOf(lines);
        }
    }

    /// A till's line.
    ///
    /// @param orderSince business time of the order's first recorded line
    /// @param orderLines lines of the order so far, this one included
    /// @param orderAmount net amount of the order so far
    record PurchaseRecorded(
            OrderId orderId,
            OrderLine line,
            SaleKind kind,
            @Nullable String country,
            Instant orderSince,
            int orderLines,
            Money orderAmount)
            implements CartEvent {}

    /// The cart was emptied; the saved list stays.
    ///
    /// @param lines as they were
    record CartCleared(List<CartLine> lines) implements CartEvent {
        public CartCleared {
            lines = List.copyOf(lines);
        }
    }

    /// Lines of a cart that was cleared are back as they were.
    record ClearUndone(List<CartLine> lines) implements CartEvent {
        public ClearUndone {
            lines = List.copyOf(lines);
        }
    }

    /// A guest's cart and saved list are on their way to an account; these lines are here no more.
    ///
    /// @param lines as they were: the whole cart, or none of it
    /// @param saved as they were
    record CartHandedOver(AccountId to, List<CartLine> lines, List<SavedLine> saved)
            implements CartEvent {
        public CartHandedOver {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }

    /// A guest's lines have joined the account's.
    ///
    /// @param lines of the cart that the merge has touched
    /// @param saved lines of the saved list that it has touched
    record CartMerged(
            AccountId guest, MergePolicy policy, List<CartLine> lines, List<SavedLine> saved)
            implements CartEvent {
        public CartMerged {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }

    /// What a merge has touched is as it was before, and the guest gets his lines back.
    ///
    /// @param lines that are back as they were
    /// @param removed lines that the merge had brought, as they were last
    record MergeUndone(
            AccountId guest,
            List<CartLine> lines,
            List<SavedLine> saved,
            List<CartLine> removed,
            List<SavedLine> removedSaved)
            implements CartEvent {
        public MergeUndone {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
            removed = List.copyOf(removed);
            removedSaved = List.copyOf(removedSaved);
        }
    }

    /// Lines that a guest had handed over have come back from an account.
    record CartReturned(AccountId from, List<CartLine> lines, List<SavedLine> saved)
            implements CartEvent {
        public CartReturned {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }

    /// A guest has left his cart alone for too long; these lines are gone.
    ///
    /// @param lines as they were: the whole cart, or none of it
    /// @param saved as they were
    record CartExpired(List<CartLine> lines, List<SavedLine> saved) implements CartEvent {
        public CartExpired {
            lines = List.copyOf(lines);
            saved = List.copyOf(saved);
        }
    }

    /// The event's name in every outside form: `ItemAdded`.
    default String type() {
        return getClass().getSimpleName();
    }
}
