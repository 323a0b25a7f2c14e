package io.cartlog.commands.cart;

import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;

/// How much a cart may hold. The upper bounds make sure that every total has a [Money] and that a
/// cart, an order and a reply fit into one record of the log, whatever is configured; even for a
/// guest who has filled his cart again when what he handed over comes back ([#fits]).
///
/// @param quantity of one product in the cart, 1 to 12,000
/// @param cartLines products in the cart, 1 to 2,000
/// @param savedLines products on the saved list, 1 to 2,000
public record CartLimits(int quantity, int cartLines, int savedLines) {
    public static final CartLimits DEFAULT = new CartLimits(9_999, 2_000, 2_000);

    private static final int MOST_QUANTITY = 12_000;
    private static final int MOST_LINES = 2_000;

    /// The highest price of a product, and the lowest at a till with its sign turned.
    public static final Money PRICE = Money.of("1000000");

    /// The highest amount of one line at a till, without its sign.
    public static final Money TILL_AMOUNT = Money.of("1000000000");

    /// @throws IllegalArgumentException if a limit is out of its bounds
    public CartLimits {
        check("quantity", quantity, MOST_QUANTITY);
        check("cart-lines", cartLines, MOST_LINES);
        check("saved-lines", savedLines, MOST_LINES);
    }

    /// How many lines a list may have.
    ///
    /// @throws IllegalArgumentException for purchases, which have no limit
    int lines(ItemStatus list) {
        return switch (list) {
            case ACTIVE -> cartLines;
            case SAVED -> savedLines;
            case PURCHASED -> throw new IllegalArgumentException("purchases have no limit");
        };
    }

    /// Whether a cart can be kept at all: twice of what can be allowed.
    static boolean fits(Cart cart) {
        return cart.active().size() <= 2 * MOST_LINES
                && cart.saved().size() <= 2 * MOST_LINES
                && cart.active().stream().allMatch(line -> line.quantity() <= 2 * MOST_QUANTITY);
    }

    private static void check(String name, int limit, int bound) {
        if (limit < 1 || limit > bound) {
            throw new IllegalArgumentException(
                    "cartlog.limits." + name + " is " + limit + ", allowed are 1 to " + bound);
        }
    }
}
