package io.cartlog.schemas.value;

import org.jspecify.annotations.Nullable;

/// One line of an order.
///
/// @param lineNo 1, 2, 3 ... within the order
/// @param occurrence 1 for the first line of this product in the order, 2 for the second ...
/// @param quantity negative for what came back
/// @param seq as in [CartLine]
public record OrderLine(
        int lineNo,
        int occurrence,
        Sku sku,
        @Nullable String description,
        @Nullable String category,
        int quantity,
        Money unitPrice,
        long seq) {
    public Money amount() {
        return unitPrice.times(quantity);
    }
}
