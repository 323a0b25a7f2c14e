package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An account's order, in sum.
///
/// @param amount net, of all lines so far
/// @param since business time of the first line
/// @param version of the account, by which the item was written last
public record OrderItem(
        AccountId account,
        OrderId orderId,
        int lines,
        Money amount,
        @Nullable String country,
        SaleKind kind,
        Instant since,
        long version)
        implements Item {

    @Override
    public Key key() {
        return Key.order(orderId, account);
    }

    /// Sorts an account's orders by time, those of the same moment by number.
    public String order() {
        return TableLayout.sortable(since, 0) + "#" + orderId.key();
    }
}
