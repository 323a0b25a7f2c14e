package io.cartlog.cli.shop;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.value.Sku;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Thinks up what one shopper does, in a given number of commands, so that of the products that he
/// keeps one in five stays in the cart, one in five on the saved list, and three in five are
/// bought. None of the commands is refused.
final class Shopper {
    private static final CheckOut CHECK_OUT = new CheckOut();
    private static final int LARGEST_BASKET = 5;
    private final RandomGenerator random;
    private final int budget;
    private final Set<Sku> known = new HashSet<>();
    private final List<CartCommand> early = new ArrayList<>();
    private final List<CartCommand> late = new ArrayList<>();
    private int basket;
    private int basketTarget;

    private Shopper(RandomGenerator random, int budget) {
        this.random = random;
        this.budget = budget;
    }

    /// Exactly `budget` commands.
    static List<CartCommand> life(RandomGenerator random, int budget) {
        Shopper shopper = new Shopper(random, budget);
        while (shopper.left() > 0) {
            shopper.nextProduct();
        }
        return shopper.commands();
    }

    /// A basket that is not checked out yet needs one command more.
    private int left() {
        return budget - early.size() - late.size() - (basket > 0 ? 1 : 0);
    }

    private List<CartCommand> commands() {
        List<CartCommand> all = new ArrayList<>(early);
        if (basket > 0) {
            all.add(CHECK_OUT);
        }
        all.addAll(late);
        return all;
    }

    private void nextProduct() {
        if (left() >= 4 && chance(8)) {
            changeMind();
            return;
        }
        int outcome = random.nextInt(5);
        if (outcome < 3) {
            buy();
        } else if (outcome == 3) {
            save();
        } else {
            keep();
        }
    }

    private void changeMind() {
        Sku sku = newProduct();
        boolean fromCart = random.nextBoolean();
        early.add(fromCart ? add(sku) : saved(sku));
        early.add(fromCart ? new RemoveItem(sku) : new RemoveSavedItem(sku));
    }

    private void buy() {
        if (basket == 0 && left() < 2) {
            joinLastOrder();
            return;
        }
        if (basket == 0) {
            basketTarget = 1 + random.nextInt(LARGEST_BASKET);
        }
        // The first product of a basket also takes the command that checks it out.
        putInto(early, left() - (basket == 0 ? 1 : 0));
        basket++;
        if (basket == basketTarget) {
            early.add(CHECK_OUT);
            basket = 0;
        }
    }

    /// For the last command of a life: there is no room for an order of its own.
    private void joinLastOrder() {
        int order = early.lastIndexOf(CHECK_OUT);
        if (order < 0) {
            keep();
        } else {
            early.add(order, add(newProduct()));
        }
    }

    private void save() {
        Sku sku = newProduct();
        if (left() >= 2 && random.nextBoolean()) {
            early.add(add(sku));
            early.add(new SaveForLater(sku));
        } else {
            early.add(saved(sku));
        }
    }

    private void keep() {
        putInto(late, left());
    }

    /// Puts a new product into the cart, in one command or two.
    private void putInto(List<CartCommand> commands, int room) {
        Sku sku = newProduct();
        if (room >= 2 && chance(10)) {
            commands.add(saved(sku));
            commands.add(new MoveToCart(sku, Catalogue.quantity(random), Catalogue.price(random)));
        } else if (room >= 2 && chance(15)) {
            commands.add(add(sku));
            commands.add(new SetQuantity(sku, Catalogue.quantity(random)));
        } else {
            commands.add(add(sku));
        }
    }

    private Sku newProduct() {
        Sku sku = Catalogue.product(random);
        while (!known.add(sku)) {
            sku = Catalogue.product(random);
        }
        return sku;
    }

    private AddItem add(Sku sku) {
        return new AddItem(
                sku, Catalogue.quantity(random), Catalogue.price(random), Catalogue.category(sku));
    }

    private static SaveItem saved(Sku sku) {
        return new SaveItem(sku, Catalogue.category(sku));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
