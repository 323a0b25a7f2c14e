package io.cartlog.commands.cart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.commands.cart.Decision.Accepted;
import io.cartlog.commands.cart.Decision.Asked;
import io.cartlog.commands.cart.Decision.Malformed;
import io.cartlog.commands.cart.Decision.Refused;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.event.CartEvent;
import io.cartlog.schemas.event.CartEvent.CheckedOut;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.SavedLine;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long random histories against a model that knows no events, only two maps.
class CartHistoryTest {
    private static final int COMMANDS = 5_000;
    private static final CartLimits LIMITS = new CartLimits(12, 5, 4);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final OrderId ORDER = new OrderId("O-1");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_cart_always_holds_what_the_model_holds(long seed) {
        Random random = new Random(seed);
        CartDecider decider = new CartDecider(LIMITS);
        Model model = new Model();
        Cart cart = Cart.EMPTY;
        for (int i = 0; i < COMMANDS; i++) {
            CartCommand command = randomCommand(random);
            Instant now = START.plusMillis(i);
            DecisionContext context =
                    new DecisionContext(
                            Given.ACCOUNT, Given.ID, 0, null, now, ORDER, OrderSoFar.NONE, null);
            Decision decision = decider.decide(cart, command, context);
            String step = "seed " + seed + ", step " + i + ", " + command;
            assertThat(decision instanceof Accepted).as(step).isEqualTo(model.accepts(command));
            cart = applied(cart, decision, model, command, step);
            assertThat(quantities(cart)).as(step).isEqualTo(model.active);
            assertThat(savedQuantities(cart)).as(step).isEqualTo(model.saved);
            assertSound(cart, step);
        }
    }

    private static Cart applied(
            Cart before, Decision decision, Model model, CartCommand command, String step) {
        return switch (decision) {
            case Accepted accepted -> {
                model.apply(command);
                Cart cart = before;
                for (CartEvent event : accepted.events()) {
                    if (event instanceof CheckedOut order) {
                        assertThat(order.total()).as(step).isEqualTo(model.total(before));
                    }
                    cart = CartDecider.evolve(cart, event);
                }
                assertThat(cart.version())
                        .as(step)
                        .isEqualTo(before.version() + accepted.events().size());
                yield cart;
            }
            case Refused _ -> before;
            case Asked asked -> throw new AssertionError(step + ": " + asked.question());
            case Malformed malformed -> throw new AssertionError(step + ": " + malformed.reason());
        };
    }

    private static void assertSound(Cart cart, String step) {
        assertThat(cart.active())
                .as(step)
                .isSortedAccordingTo(Comparator.comparingLong(CartLine::seq))
                .hasSizeLessThanOrEqualTo(LIMITS.cartLines())
                .allMatch(line -> line.seq() < cart.nextSeq())
                .allMatch(line -> line.quantity() >= 1 && line.quantity() <= LIMITS.quantity());
        assertThat(cart.saved())
                .as(step)
                .isSortedAccordingTo(Comparator.comparingLong(SavedLine::seq))
                .hasSizeLessThanOrEqualTo(LIMITS.savedLines());
    }

    private static Map<String, Integer> quantities(Cart cart) {
        return cart.active().stream()
                .collect(Collectors.toMap(line -> line.sku().key(), CartLine::quantity));
    }

    private static Map<String, Integer> savedQuantities(Cart cart) {
        Function<SavedLine, Integer> quantity =
                line -> {
                    Integer known = line.quantity();
                    return known == null ? Model.UNKNOWN : known;
                };
        return cart.saved().stream().collect(Collectors.toMap(line -> line.sku().key(), quantity));
    }

    private static CartCommand randomCommand(Random random) {
        Sku sku = new Sku((random.nextBoolean() ? "P-" : "") + (1 + random.nextInt(8)));
        int quantity = 1 + random.nextInt(6);
        Money price = new Money(BigDecimal.valueOf(random.nextInt(100_000), 2));
        return switch (random.nextInt(13)) {
            case 0, 1, 2, 3 -> new AddItem(sku, quantity, price, null);
            case 4 -> new SetQuantity(sku, 1 + random.nextInt(14));
            case 5 -> new RemoveItem(sku);
            case 6, 7 -> new SaveForLater(sku);
            case 8 -> new MoveToCart(sku, random.nextBoolean() ? quantity : null, price);
            case 9 -> new SaveItem(sku, "c");
            case 10 -> new RemoveSavedItem(sku);
            case 11 -> random.nextInt(5) > 0 ? new RemoveItem(sku) : new ClearCart();
            default ->
                    random.nextInt(3) > 0
                            ? new RecordPurchase(
                                    ORDER, sku, null, -quantity, price, null, SaleKind.RETURN)
                            : new CheckOut();
        };
    }

    /// Quantity by product, in the cart and on the saved list.
    private static final class Model {
        static final int UNKNOWN = -1;
        private final Map<String, Integer> active = new HashMap<>();
        private final Map<String, Integer> saved = new HashMap<>();

        boolean accepts(CartCommand command) {
            return switch (command) {
                case AddItem c -> takes(c.sku(), c.quantity());
                case SetQuantity c ->
                        active.containsKey(c.sku().key()) && c.quantity() <= LIMITS.quantity();
                case RemoveItem c -> active.containsKey(c.sku().key());
                case SaveForLater c -> active.containsKey(c.sku().key()) && saves(c.sku());
                case MoveToCart c ->
                        saved.containsKey(c.sku().key())
                                && takes(c.sku(), moved(c.sku(), c.quantity()));
                case SaveItem c -> saves(c.sku());
                case RemoveSavedItem c -> saved.containsKey(c.sku().key());
                case CheckOut _ -> !active.isEmpty();
                case RecordPurchase _, ClearCart _ -> true;
                case Batch c -> throw notPlayed(c);
                case MergeCart c -> throw notPlayed(c);
                case UndoLast c -> throw notPlayed(c);
                case LookUp c -> throw notPlayed(c);
                case Message c -> throw notPlayed(c);
            };
        }

        void apply(CartCommand command) {
            switch (command) {
                case AddItem c -> active.merge(c.sku().key(), c.quantity(), Integer::sum);
                case SetQuantity c -> active.put(c.sku().key(), c.quantity());
                case RemoveItem c -> active.remove(c.sku().key());
                case SaveForLater c -> saved.put(c.sku().key(), active.remove(c.sku().key()));
                case MoveToCart c -> {
                    int moved = moved(c.sku(), c.quantity());
                    saved.remove(c.sku().key());
                    active.merge(c.sku().key(), moved, Integer::sum);
                }
                case SaveItem c -> saved.put(c.sku().key(), UNKNOWN);
                case RemoveSavedItem c -> saved.remove(c.sku().key());
                case CheckOut _ -> active.clear();
                case ClearCart _ -> active.clear();
                case RecordPurchase _ -> {}
                case Batch c -> throw notPlayed(c);
                case MergeCart c -> throw notPlayed(c);
                case UndoLast c -> throw notPlayed(c);
                case LookUp c -> throw notPlayed(c);
                case Message c -> throw notPlayed(c);
            }
        }

        private static AssertionError notPlayed(CartCommand command) {
            return new AssertionError("not played here: " + command);
        }

        Money total(Cart before) {
            BigDecimal total = BigDecimal.ZERO;
            for (CartLine line : before.active()) {
                Money price = Objects.requireNonNull(line.unitPrice());
                total = total.add(price.amount().multiply(BigDecimal.valueOf(line.quantity())));
            }
            return new Money(total);
        }

        private boolean takes(Sku sku, int quantity) {
            boolean present = active.containsKey(sku.key());
            return (present || active.size() < LIMITS.cartLines())
                    && active.getOrDefault(sku.key(), 0) + quantity <= LIMITS.quantity();
        }

        private boolean saves(Sku sku) {
            return saved.containsKey(sku.key()) || saved.size() < LIMITS.savedLines();
        }

        private int moved(Sku sku, @Nullable Integer given) {
            int known = saved.getOrDefault(sku.key(), UNKNOWN);
            return given != null ? given : known == UNKNOWN ? 1 : known;
        }
    }
}
