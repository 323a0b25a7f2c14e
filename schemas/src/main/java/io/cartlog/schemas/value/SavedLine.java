package io.cartlog.schemas.value;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One product on the saved list; quantity and price are known if it came from the cart (S0-24).
///
/// @param since business time of the saving, to the millisecond
/// @param seq as in [CartLine]
public record SavedLine(
        Sku sku,
        @Nullable Integer quantity,
        @Nullable Money unitPrice,
        @Nullable String category,
        Instant since,
        long seq) {}
