package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A product in an account's cart, saved list or history: the part of it that the index by status
/// holds.
///
/// @param quantity unknown for a product that was saved without one (S0-24)
/// @param since when it was added, saved or bought, to the millisecond
/// @param tie 0 to 999,999, parts lines of the same millisecond, the newer has the higher (S0-33)
public record ItemLine(
        AccountId account,
        ItemStatus status,
        Sku sku,
        @Nullable Integer quantity,
        @Nullable Money unitPrice,
        @Nullable String category,
        Instant since,
        int tie) {

    /// Sorts lines by time and tie, oldest first: the sort key of both indexes' entries.
    public String order() {
        return TableLayout.sortable(since, tie);
    }

    public @Nullable Money amount() {
        return unitPrice == null || quantity == null ? null : unitPrice.times(quantity);
    }
}
