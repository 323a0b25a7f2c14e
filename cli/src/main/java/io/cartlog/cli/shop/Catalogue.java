package io.cartlog.cli.shop;

import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.math.BigDecimal;
import java.util.List;
import java.util.random.RandomGenerator;

/// What the shop sells: products P-1000 to P-9999 in five categories, for 1.00 to 3500.00.
final class Catalogue {
    static final int FIRST_PRODUCT = 1000;
    static final int PRODUCTS = 9000;
    static final List<String> CATEGORIES =
            List.of("TV", "Electronics", "Clothing", "Books", "Toys");
    static final List<String> BRANDS =
            List.of("aurora", "borealis", "cirrus", "delta", "ember", "fjord", "gale", "harbour");
    private static final int LOWEST_CENTS = 1_00;
    private static final int HIGHEST_CENTS = 3500_00;

    /// How often one asks for 1, 2, 3, 4, 5 of a product, in percent.
    private static final int[] QUANTITY_WEIGHTS = {50, 25, 12, 8, 5};

    private Catalogue() {}

    static Sku product(RandomGenerator random) {
        return new Sku("P-" + (FIRST_PRODUCT + random.nextInt(PRODUCTS)));
    }

    static Money price(RandomGenerator random) {
        int cents = random.nextInt(LOWEST_CENTS, HIGHEST_CENTS + 1);
        return new Money(BigDecimal.valueOf(cents, 2));
    }

    /// A product is always of the same category.
    static String category(Sku sku) {
        return CATEGORIES.get(Math.floorMod(sku.value().hashCode(), CATEGORIES.size()));
    }

    /// A product is always of the same brand.
    static String brand(Sku sku) {
        return BRANDS.get(Math.floorMod(sku.value().hashCode() / 7, BRANDS.size()));
    }

    /// The product beside it on the shelf.
    static Sku neighbour(Sku sku) {
        int number = Integer.parseInt(sku.value().substring("P-".length()));
        return new Sku("P-" + (FIRST_PRODUCT + (number - FIRST_PRODUCT + 1) % PRODUCTS));
    }

    static int quantity(RandomGenerator random) {
        int drawn = random.nextInt(100);
        int quantity = 0;
        while (drawn >= 0) {
            drawn -= QUANTITY_WEIGHTS[quantity];
            quantity++;
        }
        return quantity;
    }
}
