package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.CartView;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.ViewChange;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.schemas.event.RecordedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How a change of one account is written, given that a transaction takes 100 actions.
///
/// All in one transaction if it fits. If not, purchased lines go ahead, whose versions are above
/// the head's and which readers therefore ignore. If the deletes of a checkout do not fit either,
/// the head is marked, and they are swept after it: readers ignore what is not above the head's
/// cleared version.
///
/// @param before the head that the table must still have
/// @param after the head that this leaves behind
/// @param ahead lines to be written first, nothing guards them: they are the same whoever writes
///   them
/// @param together lines to be written with the head
record AccountWrite(
        Head before,
        Head after,
        List<ViewItem> ahead,
        List<ViewItem> together,
        List<ViewItem> puts,
        List<Key> deletes,
        List<OrderItem> orders) {
    /// What one TransactWriteItems takes.
    static final int ACTIONS = 100;

    /// The write of as many of the events as one guarded transaction can hold.
    ///
    /// @param due events that the head has not, in order, at least one
    /// @param skips after which versions others may be missing
    static AccountWrite of(Head head, List<RecordedEvent> due, Skips skips) {
        int taken = due.size();
        ViewChange change = CartView.apply(head, due, skips);
        while (change.guarded() > ACTIONS && taken > 1) {
            taken = (taken + 1) / 2;
            change = CartView.apply(head, due.subList(0, taken), skips);
        }
        return change.guarded() > ACTIONS ? sweeping(change) : whole(change);
    }

    private static AccountWrite whole(ViewChange change) {
        return of(change, change.after(), change.deletes(), ACTIONS - change.guarded());
    }

    /// One event alone can have too many actions only if it empties a big cart: a checkout, or one
    /// that has nothing but those lines. The decider cuts all others.
    private static AccountWrite sweeping(ViewChange change) {
        int room = ACTIONS - change.guarded() + change.deletes().size();
        return of(change, change.after().marked(), List.of(), room);
    }

    private static AccountWrite of(ViewChange change, Head after, List<Key> deletes, int room) {
        List<ViewItem> lines = change.purchased();
        int over = Math.max(0, lines.size() - room);
        int ahead = Math.min(lines.size(), (over + ACTIONS - 1) / ACTIONS * ACTIONS);
        return new AccountWrite(
                change.before(),
                after,
                lines.subList(0, ahead),
                lines.subList(ahead, lines.size()),
                change.puts(),
                deletes,
                change.orders());
    }

    /// Actions of the guarded transaction.
    int actions() {
        return 1 + together.size() + puts.size() + deletes.size() + orders.size();
    }

    /// Items that are put, the head not counted.
    int items() {
        return ahead.size() + together.size() + puts.size() + orders.size();
    }

    /// Fills transactions with the writes of several accounts: what the store does costs by the
    /// transaction more than by the item.
    static List<List<AccountWrite>> packed(List<AccountWrite> writes) {
        List<Bin> bins = new ArrayList<>();
        List<Bin> open = new ArrayList<>();
        List<AccountWrite> largestFirst = new ArrayList<>(writes);
        largestFirst.sort(Comparator.comparingInt(AccountWrite::actions).reversed());
        for (AccountWrite write : largestFirst) {
            Bin bin = open.stream().filter(b -> b.takes(write)).findFirst().orElse(null);
            if (bin == null) {
                bin = new Bin();
                bins.add(bin);
                open.add(bin);
            }
            bin.add(write);
            open.removeIf(Bin::isFull);
        }
        return bins.stream().map(b -> List.copyOf(b.writes)).toList();
    }

    private static final class Bin {
        private final List<AccountWrite> writes = new ArrayList<>();
        private int actions;

        boolean takes(AccountWrite write) {
            return actions + write.actions() <= ACTIONS;
        }

        void add(AccountWrite write) {
            writes.add(write);
            actions += write.actions();
        }

        /// No write has less than two actions.
        boolean isFull() {
            return actions > ACTIONS - 2;
        }
    }
}
