package io.cartlog.projection.view;

import io.cartlog.schemas.value.OrderId;
import org.jspecify.annotations.Nullable;

/// A line as the index by product holds it.
public record Holding(ItemLine line, long version, @Nullable OrderId orderId) {

    /// Sorts the lines of a product, oldest first.
    public String order() {
        return line.order() + "#" + line.account();
    }
}
