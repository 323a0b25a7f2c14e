package io.cartlog.commands.cart;

import io.cartlog.schemas.value.Money;

/// How much a cart may hold. The upper bounds make sure that every total has a [Money] and that a
/// cart, an order and a reply fit into one record of the log, whatever is configured.
///
/// @param quantity of one product in the cart, 1 to 30,000
/// @param cartLines products in the cart, 1 to 3,000
/// @param savedLines products on the saved list, 1 to 3,000
public record CartLimits(int quantity, int cartLines, int savedLines) {
    public static final CartLimits DEFAULT = new CartLimits(9_999, 2_000, 2_000);

    /// The highest price of a product, and the lowest at a till with its sign turned.
    public static final Money PRICE = Money.of("1000000");

    /// The highest amount of one line at a till, without its sign.
    public static final Money TILL_AMOUNT = Money.of("1000000000");

    /// @throws IllegalArgumentException if a limit is out of its bounds
    public CartLimits {
        check("quantity", quantity, 30_000);
        check("cart-lines", cartLines, 3_000);
        check("saved-lines", savedLines, 3_000);
    }

    private static void check(String name, int limit, int bound) {
        if (limit < 1 || limit > bound) {
            throw new IllegalArgumentException(
                    "cartlog.limits." + name + " is " + limit + ", allowed are 1 to " + bound);
        }
    }
}
