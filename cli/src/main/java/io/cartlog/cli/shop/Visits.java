package io.cartlog.cli.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.click.ClickAction;
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
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ClickId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the shoppers of a play click on the way to their commands: they look at a product before
/// they take it, and at others that they leave. A click that is a command names it. A visit ends
/// with a checkout.
///
/// The same play makes clicks with the same ids.
public final class Visits {
    private final Map<AccountId, Visit> visits = new HashMap<>();

    /// @param cart what lies in it, and its price
    private record Visit(int number, Map<Sku, Money> cart) {}

    /// The clicks that come with a step, in their order.
    ///
    /// @param now to the millisecond
    public List<Click> clicks(Step step, Instant now) {
        Visit visit =
                visits.computeIfAbsent(step.account(), _ -> new Visit(1, new LinkedHashMap<>()));
        Clicks clicks = new Clicks(step, visit, now);
        switch (step.command()) {
            case AddItem c -> {
                clicks.look(c.sku(), c.unitPrice());
                clicks.take(c.sku(), c.unitPrice());
            }
            case MoveToCart c -> clicks.take(c.sku(), c.unitPrice());
            case RemoveItem c ->
                    clicks.command(
                            ClickAction.REMOVE_FROM_CART, c.sku(), visit.cart.remove(c.sku()));
            case SaveForLater c -> visit.cart.remove(c.sku());
            case CheckOut _ -> {
                visit.cart.forEach(
                        (sku, price) -> clicks.command(ClickAction.PURCHASE, sku, price));
                visits.put(step.account(), new Visit(visit.number + 1, new LinkedHashMap<>()));
            }
            case SaveItem c -> clicks.view(c.sku(), null);
            case SetQuantity _, RemoveSavedItem _, ClearCart _ -> {}
            case RecordPurchase _, Batch _, MergeCart _, UndoLast _, LookUp _, Message _ ->
                    throw new IllegalArgumentException("no step of a play: " + step.command());
        }
        return clicks.all;
    }

    /// Those of one step.
    private static final class Clicks {
        private final Step step;
        private final Visit visit;
        private final Instant now;
        private final List<Click> all = new ArrayList<>();

        Clicks(Step step, Visit visit, Instant now) {
            this.step = step;
            this.visit = visit;
            this.now = now;
        }

        /// At the product, and, every other time, at one that stays where it is.
        void look(Sku sku, Money price) {
            view(sku, price);
            if (step.number() % 2 == 0) {
                view(Catalogue.neighbour(sku), null);
            }
        }

        void take(Sku sku, @Nullable Money price) {
            command(ClickAction.CART, sku, price);
            if (price != null) {
                visit.cart.put(sku, price);
            }
        }

        void view(Sku sku, @Nullable Money price) {
            add(ClickAction.VIEW, sku, price, null);
        }

        void command(ClickAction action, Sku sku, @Nullable Money price) {
            add(action, sku, price, step.key());
        }

        private void add(
                ClickAction action, Sku sku, @Nullable Money price, @Nullable CommandId command) {
            String name = step.key() + "/" + all.size();
            all.add(
                    new Click(
                            new ClickId(UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString()),
                            step.account(),
                            step.account() + "-" + visit.number,
                            action,
                            now,
                            sku,
                            null,
                            Catalogue.category(sku),
                            Catalogue.brand(sku),
                            price,
                            command));
        }
    }
}
