package io.cartlog.commands.cart;

import static io.cartlog.commands.cart.Merging.firstKnown;
import static java.util.stream.Collectors.toSet;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Asked;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.commands.cart.Undo.Lines;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CannotHandOver;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.HandOver;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CartCleared;
import io.cartlog.schemas.event.CartEvent.CartExpired;
import io.cartlog.schemas.event.CartEvent.CartHandedOver;
import io.cartlog.schemas.event.CartEvent.CartMerged;
import io.cartlog.schemas.event.CartEvent.CartReturned;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.event.CartEvent.ClearUndone;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.CartEvent.ItemMovedToCart;
import io.cartlog.schemas.event.CartEvent.ItemRemoved;
import io.cartlog.schemas.event.CartEvent.ItemSaved;
import io.cartlog.schemas.event.CartEvent.ItemSavedForLater;
import io.cartlog.schemas.event.CartEvent.MergeUndone;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.CartEvent.QuantitySet;
import io.cartlog.schemas.event.CartEvent.SavedItemRemoved;
import io.cartlog.schemas.reply.CartReply.ActionRefused;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.NothingToUndo;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderLine;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
        Refusal conflict = command instanceof Message ? null : conflict(cart, context);
        if (conflict != null) {
            return new Refused(conflict);
        }
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
            case ClearCart _ -> clear(cart);
            case Batch c -> batch(cart, c, context);
            case MergeCart c -> merge(c, context);
            case UndoLast _ -> undo(cart, context);
            case HandOver c -> handOver(cart, c, context);
            case Receive c -> receive(cart, c, context);
            case CannotHandOver c ->
                    new Refused(new TooManyLines(c.list(), c.lines(), limits.lines(c.list())));
            case TakeBack c -> takeBack(cart, c);
            case LookUp _ -> new Malformed("a look-up decides nothing");
        };
    }

    /// What becomes of a guest's cart that nobody has touched for too long.
    public static List<CartEvent> expire(Cart cart) {
        return Portions.emptied(cart).stream()
                .<CartEvent>map(part -> new CartExpired(part.active(), part.saved()))
                .toList();
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
            case CartCleared _ -> undoable(next(cart, 0, List.of(), saved));
            case ClearUndone e -> changed(cart, e.lines(), List.of());
            case CartHandedOver e -> without(cart, e.lines(), e.saved());
            case CartMerged e -> undoable(changed(cart, e.lines(), e.saved()));
            case MergeUndone e ->
                    changed(
                            cart,
                            withoutAll(active, e.removed()),
                            withoutAllSaved(saved, e.removedSaved()),
                            e.lines(),
                            e.saved());
            case CartReturned e -> changed(cart, e.lines(), e.saved());
            case CartExpired e -> without(cart, e.lines(), e.saved());
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

    private static Decision clear(Cart cart) {
        List<CartLine> lines = cart.active();
        return lines.isEmpty()
                ? new Accepted(List.of())
                : new Accepted(List.of(new CartCleared(lines)), List.of(), new Undo.OfClear(lines));
    }

    private Decision batch(Cart before, Batch batch, DecisionContext context) {
        if (batch.actions().isEmpty() || batch.actions().size() > Batch.MOST) {
            return new Malformed("a batch of " + batch.actions().size() + " actions");
        }
        Cart cart = before;
        List<CartEvent> events = new ArrayList<>();
        Undo undo = null;
        for (int index = 0; index < batch.actions().size(); index++) {
            Action action = batch.actions().get(index);
            switch (decide(cart, action, context.anyVersion())) {
                case Accepted accepted -> {
                    cart = evolved(cart, accepted.events());
                    events.addAll(accepted.events());
                    undo = accepted.events().isEmpty() ? undo : accepted.undo();
                }
                case Refused(Refusal refusal, _) -> {
                    return new Refused(new ActionRefused(index, refusal));
                }
                case Malformed malformed -> {
                    return malformed;
                }
                case Asked _ -> throw new IllegalStateException("an action asks: " + action);
            }
        }
        return new Accepted(events, List.of(), undo);
    }

    private static Cart evolved(Cart before, List<CartEvent> events) {
        Cart cart = before;
        for (CartEvent event : events) {
            cart = evolve(cart, event);
        }
        return cart;
    }

    // ---- merge: the account asks the guest, who hands over all he has, and the account takes it
    // in or gives it back

    private static Decision merge(MergeCart c, DecisionContext context) {
        if (context.account().isGuest() || !c.guest().isGuest()) {
            return new Malformed("a merge of " + c.guest() + " into " + context.account());
        }
        return new Asked(
                new FollowUp(
                        c.guest(),
                        null,
                        new HandOver(
                                context.commandId(),
                                context.fingerprint(),
                                context.account(),
                                c.policy(),
                                context.expectedVersion())));
    }

    private Decision handOver(Cart cart, HandOver c, DecisionContext context) {
        for (ItemStatus list : List.of(ItemStatus.ACTIVE, ItemStatus.SAVED)) {
            int lines = list == ItemStatus.ACTIVE ? cart.active().size() : cart.saved().size();
            if (lines > limits.lines(list)) {
                return told(
                        List.of(),
                        c,
                        new CannotHandOver(
                                c.merge(), c.fingerprint(), context.account(), list, lines));
            }
        }
        Receive given =
                new Receive(
                        c.merge(),
                        c.fingerprint(),
                        context.account(),
                        c.policy(),
                        cart.active(),
                        cart.saved());
        return cart.isEmpty() ? told(List.of(), c, given) : told(handedOver(cart, c), c, given);
    }

    private static List<CartEvent> handedOver(Cart cart, HandOver c) {
        return Portions.emptied(cart).stream()
                .<CartEvent>map(part -> new CartHandedOver(c.to(), part.active(), part.saved()))
                .toList();
    }

    private static Decision told(List<CartEvent> events, HandOver c, Message answer) {
        return new Accepted(
                events, List.of(new FollowUp(c.to(), c.expectedVersion(), answer)), null);
    }

    private Decision receive(Cart cart, Receive c, DecisionContext context) {
        Lines given = new Lines(c.lines(), c.saved());
        if (given.size() == 0) {
            return new Accepted(List.of());
        }
        Merging merging = Merging.of(cart, given, c.policy(), limits, context.occurredAt());
        Refusal refusal = firstKnown(conflict(cart, context), merging.refusal());
        if (refusal != null) {
            return new Refused(refusal, List.of(takeBack(c.guest(), context.account(), given)));
        }
        List<CartEvent> events =
                Portions.changed(merging.touched()).stream()
                        .<CartEvent>map(part ->
                                new CartMerged(c.guest(), c.policy(), part.active(), part.saved()))
                        .toList();
        return new Accepted(events, List.of(), merging.undo(c.guest(), given));
    }

    /// Gives lines back that came for a merge which is over.
    public static FollowUp takeBack(Receive late, AccountId account) {
        return takeBack(late.guest(), account, new Lines(late.lines(), late.saved()));
    }

    private static FollowUp takeBack(AccountId guest, AccountId account, Lines given) {
        return new FollowUp(guest, null, new TakeBack(account, given.active(), given.saved()));
    }

    /// What comes back is never refused: it has no other place. So a cart may be above its limits
    /// afterwards, and takes nothing more until it is below them.
    private static Decision takeBack(Cart cart, TakeBack c) {
        long seq = cart.nextSeq();
        List<CartLine> lines = new ArrayList<>();
        for (CartLine line : c.lines()) {
            CartLine own = cart.active(line.sku());
            lines.add(own == null ? line : together(own, line, seq++));
        }
        List<SavedLine> saved =
                c.saved().stream().filter(line -> cart.saved(line.sku()) == null).toList();
        List<CartEvent> events =
                Portions.changed(new Lines(lines, saved)).stream()
                        .<CartEvent>map(
                                part -> new CartReturned(c.from(), part.active(), part.saved()))
                        .toList();
        return CartLimits.fits(evolved(cart, events))
                ? new Accepted(events)
                : new Malformed("the cart cannot hold what comes back from " + c.from());
    }

    private static CartLine together(CartLine own, CartLine back, long seq) {
        boolean backIsNewer = back.since().isAfter(own.since());
        CartLine newer = backIsNewer ? back : own;
        CartLine older = backIsNewer ? own : back;
        return new CartLine(
                own.sku(),
                own.quantity() + back.quantity(),
                firstKnown(newer.unitPrice(), older.unitPrice()),
                firstKnown(newer.category(), older.category()),
                newer.since(),
                seq);
    }

    // ---- undo

    private static Decision undo(Cart cart, DecisionContext context) {
        if (!cart.isUndoable()) {
            return new Refused(new NothingToUndo(cart.version(), cart.lastUndoable()));
        }
        Undo undo = context.undo();
        return switch (undo) {
            case Undo.OfClear clear ->
                    new Accepted(
                            Portions.changed(new Lines(clear.lines(), List.of())).stream()
                                    .<CartEvent>map(part -> new ClearUndone(part.active()))
                                    .toList());
            case Undo.OfMerge merge ->
                    new Accepted(
                            undone(merge),
                            List.of(takeBack(merge.guest(), context.account(), merge.given())),
                            null);
            case null ->
                    throw new IllegalStateException(
                            "nobody remembers how to undo version " + cart.version());
        };
    }

    private static List<CartEvent> undone(Undo.OfMerge merge) {
        if (merge.before().size() + merge.brought().size() <= Portions.MOST) {
            return List.of(undone(merge.guest(), merge.before(), merge.brought()));
        }
        Stream<Lines> back = Portions.changed(merge.before()).stream().filter(p -> p.size() > 0);
        Stream<Lines> gone = Portions.changed(merge.brought()).stream().filter(p -> p.size() > 0);
        return Stream.<CartEvent>concat(
                        back.map(part -> undone(merge.guest(), part, Lines.NONE)),
                        gone.map(part -> undone(merge.guest(), Lines.NONE, part)))
                .toList();
    }

    private static MergeUndone undone(AccountId guest, Lines back, Lines gone) {
        return new MergeUndone(guest, back.active(), back.saved(), gone.active(), gone.saved());
    }

    private static @Nullable Refusal conflict(Cart cart, DecisionContext context) {
        Long expected = context.expectedVersion();
        return expected == null || expected == cart.version()
                ? null
                : new VersionConflict(expected, cart.version(), cart.active());
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

    private static Accepted happens(CartEvent event) {
        return new Accepted(List.of(event));
    }

    // ---- evolve

    private static Cart next(
            Cart cart, long usedSeq, List<CartLine> active, List<SavedLine> saved) {
        long nextSeq = Math.max(cart.nextSeq(), usedSeq + 1);
        return new Cart(cart.version() + 1, nextSeq, cart.lastUndoable(), active, saved);
    }

    private static Cart undoable(Cart cart) {
        return new Cart(
                cart.version(), cart.nextSeq(), cart.version(), cart.active(), cart.saved());
    }

    private static Cart without(Cart cart, List<CartLine> lines, List<SavedLine> saved) {
        return next(
                cart, 0, withoutAll(cart.active(), lines), withoutAllSaved(cart.saved(), saved));
    }

    private static Cart changed(Cart cart, List<CartLine> lines, List<SavedLine> saved) {
        return changed(cart, cart.active(), cart.saved(), lines, saved);
    }

    private static Cart changed(
            Cart cart,
            List<CartLine> active,
            List<SavedLine> saved,
            List<CartLine> lines,
            List<SavedLine> savedLines) {
        List<CartLine> all =
                Stream.concat(withoutAll(active, lines).stream(), lines.stream())
                        .sorted(Comparator.comparingLong(CartLine::seq))
                        .toList();
        List<SavedLine> allSaved =
                Stream.concat(withoutAllSaved(saved, savedLines).stream(), savedLines.stream())
                        .sorted(Comparator.comparingLong(SavedLine::seq))
                        .toList();
        long last = all.isEmpty() ? 0 : all.getLast().seq();
        long lastSaved = allSaved.isEmpty() ? 0 : allSaved.getLast().seq();
        return next(cart, Math.max(last, lastSaved), all, allSaved);
    }

    private static List<CartLine> withoutAll(List<CartLine> lines, List<CartLine> gone) {
        Set<String> keys = gone.stream().map(line -> line.sku().key()).collect(toSet());
        return lines.stream().filter(line -> !keys.contains(line.sku().key())).toList();
    }

    private static List<SavedLine> withoutAllSaved(List<SavedLine> lines, List<SavedLine> gone) {
        Set<String> keys = gone.stream().map(line -> line.sku().key()).collect(toSet());
        return lines.stream().filter(line -> !keys.contains(line.sku().key())).toList();
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
