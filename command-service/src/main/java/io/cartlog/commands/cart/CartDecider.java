package io.cartlog.commands.cart;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemMovedToCart;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.ItemSavedForLater;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.event.CartEvent.SavedItemRemoved;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All rules of the cart: what a command makes happen ([#decide]), and what that makes of the cart
/// ([#evolve]). Products are told apart by [Sku#key]; a line keeps the spelling of its first add.
public final class CartDecider {
    private final CartLimits limits;

    public CartDecider(CartLimits limits) {
        this.limits = limits;
    }

    public Decision decide(Cart cart, CartCommand command, DecisionContext context) {
        return switch (command) {
            case AddItem c -> add(cart, c, context);
            case SetQuantity c -> setQuantity(cart, c);
            case RemoveItem c -> remove(cart, c);
            case SaveForLater c -> saveForLater(cart, c, context);
            case MoveToCart c -> moveToCart(cart, c, context);
            case SaveItem c -> save(cart, c, context);
            case RemoveSavedItem c -> removeSaved(cart, c);
            case CheckOut _ -> checkOut(cart, context);
            case RecordPurchase c -> recordPurchase(cart, c, context);
        };
    }

    public static Cart evolve(Cart cart, CartEvent event) {
        List<CartLine> active = cart.active();
        List<SavedLine> saved = cart.saved();
        return switch (event) {
            case ItemAdded e -> next(cart, e.line().seq(), appended(active, e.line()), saved);
            case QuantitySet e -> next(cart, e.line().seq(), replaced(active, e.line()), saved);
            case ItemRemoved e -> next(cart, 0, without(active, e.line().sku()), saved);
            case ItemSavedForLater e ->
                    next(
                            cart,
                            e.saved().seq(),
                            without(active, e.saved().sku()),
                            appendedSaved(saved, e.saved()));
            case ItemMovedToCart e ->
                    next(
                            cart,
                            e.line().seq(),
                            appended(active, e.line()),
                            withoutSaved(saved, e.line().sku()));
            case ItemSaved e ->
                    next(cart, e.saved().seq(), active, appendedSaved(saved, e.saved()));
            case SavedItemRemoved e -> next(cart, 0, active, withoutSaved(saved, e.saved().sku()));
            case CheckedOut e -> next(cart, e.lines().getLast().seq(), List.of(), saved);
            case PurchaseRecorded e -> next(cart, e.line().seq(), active, saved);
        };
    }

    // ---- decide

    private Decision add(Cart cart, AddItem c, DecisionContext context) {
        if (c.quantity() < 1 || isNoPrice(c.unitPrice())) {
            return new Malformed("a quantity or price that cannot be added");
        }
        CartLine before = cart.active(c.sku());
        Refusal refusal = noRoomInCart(cart, before, c.sku(), c.quantity());
        if (refusal != null) {
            return new Refused(refusal);
        }
        CartLine line =
                joined(before, c.sku(), c.quantity(), c.unitPrice(), c.category(), cart, context);
        return happens(new ItemAdded(line, c.quantity()));
    }

    private Decision setQuantity(Cart cart, SetQuantity c) {
        if (c.quantity() < 1) {
            return new Malformed("a quantity below 1");
        }
        CartLine before = cart.active(c.sku());
        if (before == null) {
            return new Refused(new ItemNotInCart(c.sku()));
        }
        if (c.quantity() > limits.quantity()) {
            return new Refused(
                    new QuantityAboveLimit(
                            c.sku(), before.quantity(), c.quantity(), limits.quantity()));
        }
        return happens(new QuantitySet(before.withQuantity(c.quantity()), before.quantity()));
    }

    private static Decision remove(Cart cart, RemoveItem c) {
        CartLine before = cart.active(c.sku());
        return before == null
                ? new Refused(new ItemNotInCart(c.sku()))
                : happens(new ItemRemoved(before));
    }

    private Decision saveForLater(Cart cart, SaveForLater c, DecisionContext context) {
        CartLine before = cart.active(c.sku());
        if (before == null) {
            return new Refused(new ItemNotInCart(c.sku()));
        }
        Refusal refusal = noRoomOnSavedList(cart, c.sku());
        if (refusal != null) {
            return new Refused(refusal);
        }
        return happens(
                new ItemSavedForLater(
                        new SavedLine(
                                before.sku(),
                                before.quantity(),
                                before.unitPrice(),
                                before.category(),
                                context.occurredAt(),
                                cart.nextSeq())));
    }

    private Decision moveToCart(Cart cart, MoveToCart c, DecisionContext context) {
        Integer wanted = c.quantity();
        if ((wanted != null && wanted < 1) || isNoPrice(c.unitPrice())) {
            return new Malformed("a quantity or price that cannot be moved to the cart");
        }
        SavedLine from = cart.saved(c.sku());
        if (from == null) {
            return new Refused(new ItemNotSaved(c.sku()));
        }
        int moved = Objects.requireNonNullElse(firstKnown(wanted, from.quantity()), 1);
        CartLine before = cart.active(c.sku());
        Refusal refusal = noRoomInCart(cart, before, c.sku(), moved);
        if (refusal != null) {
            return new Refused(refusal);
        }
        Money price = firstKnown(c.unitPrice(), from.unitPrice());
        CartLine line = joined(before, from.sku(), moved, price, from.category(), cart, context);
        return happens(new ItemMovedToCart(line, moved));
    }

    private Decision save(Cart cart, SaveItem c, DecisionContext context) {
        Refusal refusal = noRoomOnSavedList(cart, c.sku());
        if (refusal != null) {
            return new Refused(refusal);
        }
        SavedLine saved =
                new SavedLine(
                        c.sku(), null, null, c.category(), context.occurredAt(), cart.nextSeq());
        return happens(new ItemSaved(saved));
    }

    private static Decision removeSaved(Cart cart, RemoveSavedItem c) {
        SavedLine before = cart.saved(c.sku());
        return before == null
                ? new Refused(new ItemNotSaved(c.sku()))
                : happens(new SavedItemRemoved(before));
    }

    private static Decision checkOut(Cart cart, DecisionContext context) {
        if (cart.active().isEmpty()) {
            return new Refused(new CartEmpty());
        }
        List<Sku> unpriced = new ArrayList<>();
        List<OrderLine> lines = new ArrayList<>();
        Money total = Money.ZERO;
        for (CartLine line : cart.active()) {
            Money price = line.unitPrice();
            if (price == null) {
                unpriced.add(line.sku());
            } else {
                OrderLine bought = bought(line, price, lines.size(), cart.nextSeq());
                lines.add(bought);
                total = total.plus(bought.amount());
            }
        }
        return unpriced.isEmpty()
                ? happens(new CheckedOut(context.newOrder(), lines, total))
                : new Refused(new PriceUnknown(unpriced));
    }

    private static OrderLine bought(CartLine line, Money price, int index, long firstSeq) {
        return new OrderLine(
                index + 1,
                1,
                line.sku(),
                null,
                line.category(),
                line.quantity(),
                price,
                firstSeq + index);
    }

    private static Decision recordPurchase(Cart cart, RecordPurchase c, DecisionContext context) {
        OrderSoFar order = context.order();
        BigDecimal amount = amount(c);
        BigDecimal orderAmount = order.amount().amount().add(amount);
        if (c.quantity() == 0
                || exceeds(c.unitPrice().amount(), CartLimits.PRICE)
                || exceeds(amount, CartLimits.TILL_AMOUNT)
                || orderAmount.precision() - orderAmount.scale() > Money.PRECISION - Money.SCALE) {
            return new Malformed("a quantity or amount that cannot be recorded");
        }
        OrderLine line =
                new OrderLine(
                        order.lines() + 1,
                        order.occurrences() + 1,
                        c.sku(),
                        c.description(),
                        null,
                        c.quantity(),
                        c.unitPrice(),
                        cart.nextSeq());
        Instant since = Objects.requireNonNullElse(order.since(), context.occurredAt());
        return happens(
                new PurchaseRecorded(
                        c.orderId(),
                        line,
                        c.kind(),
                        c.country(),
                        since,
                        line.lineNo(),
                        new Money(orderAmount)));
    }

    private static BigDecimal amount(RecordPurchase c) {
        return c.unitPrice().amount().multiply(BigDecimal.valueOf(c.quantity()));
    }

    private static boolean exceeds(BigDecimal amount, Money limit) {
        return amount.abs().compareTo(limit.amount()) > 0;
    }

    private static boolean isNoPrice(@Nullable Money price) {
        return price != null && (price.isNegative() || price.compareTo(CartLimits.PRICE) > 0);
    }

    private @Nullable Refusal noRoomInCart(
            Cart cart, @Nullable CartLine before, Sku sku, int added) {
        int inCart = before == null ? 0 : before.quantity();
        long requested = (long) inCart + added;
        if (requested > limits.quantity()) {
            int shown = (int) Math.min(requested, Integer.MAX_VALUE);
            return new QuantityAboveLimit(sku, inCart, shown, limits.quantity());
        }
        int lines = cart.active().size();
        return before == null && lines >= limits.cartLines()
                ? new TooManyLines(ItemStatus.ACTIVE, lines, limits.cartLines())
                : null;
    }

    private @Nullable Refusal noRoomOnSavedList(Cart cart, Sku sku) {
        int lines = cart.saved().size();
        return lines >= limits.savedLines() && cart.saved(sku) == null
                ? new TooManyLines(ItemStatus.SAVED, lines, limits.savedLines())
                : null;
    }

    /// The line after so much of the product has joined it: quantities add up, and the newest price
    /// and category that are known hold (S0-16).
    private static CartLine joined(
            @Nullable CartLine before,
            Sku sku,
            int added,
            @Nullable Money price,
            @Nullable String category,
            Cart cart,
            DecisionContext context) {
        if (before == null) {
            return new CartLine(sku, added, price, category, context.occurredAt(), cart.nextSeq());
        }
        return new CartLine(
                before.sku(),
                before.quantity() + added,
                firstKnown(price, before.unitPrice()),
                firstKnown(category, before.category()),
                context.occurredAt(),
                cart.nextSeq());
    }

    private static <T> @Nullable T firstKnown(@Nullable T first, @Nullable T second) {
        return first != null ? first : second;
    }

    private static Accepted happens(CartEvent event) {
        return new Accepted(List.of(event));
    }

    // ---- evolve

    private static Cart next(
            Cart cart, long usedSeq, List<CartLine> active, List<SavedLine> saved) {
        long nextSeq = Math.max(cart.nextSeq(), usedSeq + 1);
        return new Cart(cart.version() + 1, nextSeq, active, saved);
    }

    private static List<CartLine> appended(List<CartLine> lines, CartLine line) {
        return Stream.concat(without(lines, line.sku()).stream(), Stream.of(line)).toList();
    }

    private static List<CartLine> replaced(List<CartLine> lines, CartLine line) {
        return lines.stream().map(old -> same(old.sku(), line.sku()) ? line : old).toList();
    }

    private static List<CartLine> without(List<CartLine> lines, Sku sku) {
        return lines.stream().filter(line -> !same(line.sku(), sku)).toList();
    }

    private static List<SavedLine> appendedSaved(List<SavedLine> lines, SavedLine line) {
        return Stream.concat(withoutSaved(lines, line.sku()).stream(), Stream.of(line)).toList();
    }

    private static List<SavedLine> withoutSaved(List<SavedLine> lines, Sku sku) {
        return lines.stream().filter(line -> !same(line.sku(), sku)).toList();
    }

    private static boolean same(Sku a, Sku b) {
        return a.key().equals(b.key());
    }
}
