package io.cartlog.commands.cart;

import io.cartlog.commands.cart.Undo.Lines;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.MergePolicy;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.SavedLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a guest's lines join an account's: one after the other in the guest's order, so that they
/// stand behind what the account has. What goes beyond a limit is never cut, but refused.
final class Merging {
    private final Cart cart;
    private final MergePolicy policy;
    private final CartLimits limits;
    private final Instant now;
    private final List<CartLine> touched = new ArrayList<>();
    private final List<SavedLine> touchedSaved = new ArrayList<>();
    private final List<CartLine> before = new ArrayList<>();
    private final List<SavedLine> beforeSaved = new ArrayList<>();
    private final List<CartLine> brought = new ArrayList<>();
    private final List<SavedLine> broughtSaved = new ArrayList<>();
    private long seq;
    private @Nullable Refusal refusal;

    private Merging(Cart cart, MergePolicy policy, CartLimits limits, Instant now) {
        this.cart = cart;
        this.policy = policy;
        this.limits = limits;
        this.now = now;
        this.seq = cart.nextSeq();
    }

    static Merging of(Cart cart, Lines given, MergePolicy policy, CartLimits limits, Instant now) {
        Merging merging = new Merging(cart, policy, limits, now);
        given.active().forEach(merging::join);
        given.saved().forEach(merging::joinSaved);
        merging.checkRoom(
                ItemStatus.ACTIVE,
                cart.active().size(),
                merging.brought.size(),
                limits.cartLines());
        merging.checkRoom(
                ItemStatus.SAVED,
                cart.saved().size(),
                merging.broughtSaved.size(),
                limits.savedLines());
        return merging;
    }

    /// The first limit that stands against it, or null.
    @Nullable Refusal refusal() {
        return refusal;
    }

    /// Lines that the merge touches, as they are afterwards.
    Lines touched() {
        return new Lines(touched, touchedSaved);
    }

    Undo undo(AccountId guest, Lines given) {
        return new Undo.OfMerge(
                guest, new Lines(before, beforeSaved), new Lines(brought, broughtSaved), given);
    }

    private void join(CartLine guests) {
        CartLine own = cart.active(guests.sku());
        int quantity = quantity(own == null ? 0 : own.quantity(), guests.quantity());
        if (own != null && (policy == MergePolicy.KEEP || isKept(own, quantity))) {
            return;
        }
        CartLine line =
                new CartLine(
                        own == null ? guests.sku() : own.sku(),
                        quantity,
                        price(own, guests),
                        category(own, guests),
                        now,
                        seq++);
        checkQuantity(own, line);
        touched.add(line);
        if (own == null) {
            brought.add(line);
        } else {
            before.add(own);
        }
    }

    private int quantity(int own, int guests) {
        return switch (policy) {
            case SUM -> own + guests;
            case MAX -> Math.max(own, guests);
            case KEEP -> own == 0 ? guests : own;
            case REPLACE -> guests;
        };
    }

    private boolean isKept(CartLine own, int quantity) {
        return policy == MergePolicy.MAX && own.quantity() == quantity;
    }

    private @Nullable Money price(@Nullable CartLine own, CartLine guests) {
        if (own == null) {
            return guests.unitPrice();
        }
        return guestsHolds(own, guests)
                ? firstKnown(guests.unitPrice(), own.unitPrice())
                : firstKnown(own.unitPrice(), guests.unitPrice());
    }

    private @Nullable String category(@Nullable CartLine own, CartLine guests) {
        if (own == null) {
            return guests.category();
        }
        return guestsHolds(own, guests)
                ? firstKnown(guests.category(), own.category())
                : firstKnown(own.category(), guests.category());
    }

    private boolean guestsHolds(CartLine own, CartLine guests) {
        return policy == MergePolicy.REPLACE || guests.since().isAfter(own.since());
    }

    private void joinSaved(SavedLine guests) {
        SavedLine own = cart.saved(guests.sku());
        if (own != null && policy != MergePolicy.REPLACE) {
            return;
        }
        SavedLine line =
                new SavedLine(
                        own == null ? guests.sku() : own.sku(),
                        guests.quantity(),
                        guests.unitPrice(),
                        guests.category(),
                        now,
                        seq++);
        touchedSaved.add(line);
        if (own == null) {
            broughtSaved.add(line);
        } else {
            beforeSaved.add(own);
        }
    }

    private void checkQuantity(@Nullable CartLine own, CartLine line) {
        if (refusal == null && line.quantity() > limits.quantity()) {
            int inCart = own == null ? 0 : own.quantity();
            refusal =
                    new QuantityAboveLimit(line.sku(), inCart, line.quantity(), limits.quantity());
        }
    }

    private void checkRoom(ItemStatus list, int lines, int more, int limit) {
        if (refusal == null && more > 0 && lines + more > limit) {
            refusal = new TooManyLines(list, lines + more, limit);
        }
    }

    static <T> @Nullable T firstKnown(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }
}
