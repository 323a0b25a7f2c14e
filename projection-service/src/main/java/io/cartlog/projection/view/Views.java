package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where views are read. Gives what stands in the table; which lines a reader may see is
/// [Head#shows]. Reads of the table are consistent, those of an index are eventually so.
///
/// `before` says where to go on, and is null to begin with the newest.
public interface Views {

    /// Part of a list, newest first.
    ///
    /// @param next `before` of what follows; null if nothing does
    record Slice<T>(List<T> items, @Nullable String next) {
        public <R> Slice<R> map(Function<T, R> what) {
            return new Slice<>(items.stream().map(what).toList(), next);
        }
    }

    /// A head that the account has had, as this process itself has written it; it may have moved
    /// since. Costs nothing.
    ///
    /// @return null if this process has not written it lately
    @Nullable Head written(AccountId account);

    /// @throws ViewsUnavailableException if the store does not answer, as all the others
    Head head(AccountId account, CapacityMeter meter);

    Map<AccountId, Head> heads(Set<AccountId> accounts, CapacityMeter meter);

    /// Lines by status, as the index holds them.
    Slice<ItemLine> newest(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter);

    /// Lines by status, whole.
    Slice<ViewItem> newestItems(
            AccountId account,
            ItemStatus status,
            @Nullable String before,
            int limit,
            CapacityMeter meter);

    /// All lines of the cart or the saved list, from the table.
    List<ViewItem> all(AccountId account, ItemStatus status, CapacityMeter meter);

    Slice<OrderItem> orders(
            AccountId account, @Nullable String before, int limit, CapacityMeter meter);

    /// All lines of an account's order (S0-23).
    List<ViewItem> orderLines(AccountId account, OrderId order, CapacityMeter meter);

    /// Accounts that have lines in an order.
    List<AccountId> buyers(OrderId order, CapacityMeter meter);

    /// Lines of a product across accounts (S0-08) that came to be in a period.
    Slice<Holding> holdings(
            Sku sku,
            ItemStatus status,
            Period period,
            @Nullable String before,
            int limit,
            CapacityMeter meter);
}
