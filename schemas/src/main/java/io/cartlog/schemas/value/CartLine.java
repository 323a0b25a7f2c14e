package io.cartlog.schemas.value;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One product in the cart.
///
/// @param quantity at least 1
/// @param unitPrice the price when it was last added; unknown for a product that was saved without
///   one
/// @param since business time of the last add, to the millisecond
/// @param seq per account, in the order in which lines came to be; breaks ties of `since`
public record CartLine(
        Sku sku,
        int quantity,
        @Nullable Money unitPrice,
        @Nullable String category,
        Instant since,
        long seq) {
    public CartLine withQuantity(int newQuantity) {
        return new CartLine(sku, newQuantity, unitPrice, category, since, seq);
    }
}
