package io.cartlog.projection.query;

import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Holding;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.Period;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.Views;
import io.cartlog.projection.view.Views.Slice;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.Sku;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a reader may see of what stands in the table: whole orders and whole carts only. For one
/// request.
final class Visible {
    private static final int ATTEMPTS = 10;

    private final Views views;

    Visible(Views views) {
        this.views = views;
    }

    /// What was found, and the version of the account that it shows.
    record Found<T>(long version, T value) {}

    /// Lines newest first. A list of purchases shows the same version on all its pages.
    Found<Slice<ViewItem>> purchases(
            AccountId account, @Nullable Cursor cursor, int limit, CapacityMeter meter) {
        Head head = views.head(account, meter);
        long version = cursor == null ? head.version() : Math.min(cursor.version(), head.version());
        Slice<ViewItem> items =
                filled(
                        before(cursor),
                        limit,
                        item -> item.version() <= version,
                        (before, missing) ->
                                views.newestItems(
                                        account, ItemStatus.PURCHASED, before, missing, meter));
        return new Found<>(version, items);
    }

    /// Lines of the cart or the saved list, newest first.
    Found<Slice<ItemLine>> lines(
            AccountId account,
            ItemStatus status,
            @Nullable Cursor cursor,
            int limit,
            CapacityMeter meter) {
        Head head = views.head(account, meter);
        String before = before(cursor);
        Slice<ItemLine> lines =
                head.sweeping()
                        ? whileSwept(head, status, before, limit, meter)
                        : views.newest(account, status, before, limit, meter);
        return new Found<>(head.version(), lines);
    }

    private Slice<ItemLine> whileSwept(
            Head head, ItemStatus status, @Nullable String start, int limit, CapacityMeter meter) {
        return filled(
                        start,
                        limit,
                        item -> head.shows(status, item.version()),
                        (before, missing) ->
                                views.newestItems(head.account(), status, before, missing, meter))
                .map(ViewItem::line);
    }

    /// The same out of the table, which is never behind the head, as an index may be for moments.
    Found<Slice<ItemLine>> exactLines(
            AccountId account,
            ItemStatus status,
            @Nullable Cursor cursor,
            int limit,
            CapacityMeter meter) {
        String before = before(cursor);
        Found<List<ItemLine>> whole = whole(account, status, meter);
        List<ItemLine> rest =
                whole.value().stream()
                        .filter(line -> before == null || line.order().compareTo(before) < 0)
                        .toList();
        List<ItemLine> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = rest.size() > limit ? page.getLast().order() : null;
        return new Found<>(whole.version(), new Slice<>(page, next));
    }

    long version(AccountId account, CapacityMeter meter) {
        return views.head(account, meter).version();
    }

    Found<List<ItemLine>> cart(AccountId account, CapacityMeter meter) {
        return whole(account, ItemStatus.ACTIVE, meter);
    }

    /// A list as it was at one version: read between two looks at the head that are the same. A
    /// version never comes again, so the first look may be as old as it likes.
    private Found<List<ItemLine>> whole(AccountId account, ItemStatus status, CapacityMeter meter) {
        Head written = views.written(account);
        Head head = written == null ? views.head(account, meter) : written;
        for (int i = 0; i < ATTEMPTS; i++) {
            List<ViewItem> items = views.all(account, status, meter);
            Head after = views.head(account, meter);
            if (after.version() == head.version()) {
                return new Found<>(head.version(), newestFirst(after, status, items));
            }
            head = after;
        }
        throw new ProblemException(
                ProblemCode.VIEW_IS_MOVING,
                "the cart changes faster than it can be read; try again");
    }

    private static List<ItemLine> newestFirst(Head head, ItemStatus status, List<ViewItem> items) {
        return items.stream()
                .filter(item -> head.shows(status, item.version()))
                .map(ViewItem::line)
                .sorted(Comparator.comparing(ItemLine::order).reversed())
                .toList();
    }

    Found<Slice<OrderItem>> orders(
            AccountId account, @Nullable Cursor cursor, int limit, CapacityMeter meter) {
        Head head = views.head(account, meter);
        return new Found<>(head.version(), views.orders(account, before(cursor), limit, meter));
    }

    /// Lines of an order in its own order; none if the account has no such order.
    Found<List<ViewItem>> order(AccountId account, OrderId order, CapacityMeter meter) {
        Head head = views.head(account, meter);
        List<ViewItem> lines =
                views.orderLines(account, order, meter).stream()
                        .filter(item -> head.shows(ItemStatus.PURCHASED, item.version()))
                        .sorted(Comparator.comparingInt(Visible::lineNo))
                        .toList();
        return new Found<>(head.version(), lines);
    }

    private static int lineNo(ViewItem item) {
        return Objects.requireNonNull(item.purchase()).lineNo();
    }

    /// Lines of an order, account by account.
    List<ViewItem> invoice(OrderId order, CapacityMeter meter) {
        return views.buyers(order, meter).stream()
                .flatMap(account -> order(account, order, meter).value().stream())
                .toList();
    }

    /// Lines of a product across accounts, newest first (S0-08).
    Slice<Holding> holdings(
            Sku sku,
            ItemStatus status,
            Period period,
            @Nullable Cursor cursor,
            int limit,
            CapacityMeter meter) {
        return filled(
                        before(cursor),
                        limit,
                        Shown::visible,
                        (before, missing) ->
                                shown(
                                        views.holdings(sku, status, period, before, missing, meter),
                                        status,
                                        meter))
                .map(Shown::holding);
    }

    private record Shown(Holding holding, boolean visible) {}

    private Slice<Shown> shown(Slice<Holding> slice, ItemStatus status, CapacityMeter meter) {
        Map<AccountId, Head> heads =
                views.heads(
                        slice.items().stream()
                                .map(h -> h.line().account())
                                .collect(Collectors.toSet()),
                        meter);
        return slice.map(holding -> new Shown(holding, isShown(heads, holding, status)));
    }

    private static boolean isShown(Map<AccountId, Head> heads, Holding holding, ItemStatus status) {
        AccountId account = holding.line().account();
        return heads.getOrDefault(account, Head.none(account)).shows(status, holding.version());
    }

    private static @Nullable String before(@Nullable Cursor cursor) {
        return cursor == null ? null : cursor.before();
    }

    private interface Source<T> {
        Slice<T> read(@Nullable String before, int limit);
    }

    /// Reads on until there are as many visible lines as wanted, or no more.
    private static <T> Slice<T> filled(
            @Nullable String start, int limit, Predicate<T> visible, Source<T> source) {
        List<T> kept = new ArrayList<>();
        String before = start;
        do {
            Slice<T> slice = source.read(before, limit - kept.size());
            slice.items().stream().filter(visible).forEach(kept::add);
            before = slice.next();
        } while (before != null && kept.size() < limit);
        return new Slice<>(kept, before);
    }
}
