package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import org.jspecify.annotations.Nullable;

/// A line with what only its item in the table holds.
///
/// @param version of the account, by which the item was written
/// @param purchase there if, and only if, the line is PURCHASED (S0-02)
public record ViewItem(ItemLine line, long version, @Nullable Purchase purchase) implements Item {

    /// The line's place in its order.
    ///
    /// @param occurrence 1 for the first line of the product in the order, 2 for the second ...
    public record Purchase(
            OrderId orderId,
            int lineNo,
            int occurrence,
            @Nullable String description,
            @Nullable String country,
            SaleKind kind) {}

    public ViewItem {
        if ((line.status() == ItemStatus.PURCHASED) != (purchase != null)) {
            throw new IllegalArgumentException("only purchased lines have an order: " + line);
        }
    }

    @Override
    public AccountId account() {
        return line.account();
    }

    @Override
    public Key key() {
        return purchase == null
                ? Key.line(account(), line.status(), line.sku())
                : Key.purchased(account(), purchase.orderId(), line.sku(), purchase.occurrence());
    }
}
