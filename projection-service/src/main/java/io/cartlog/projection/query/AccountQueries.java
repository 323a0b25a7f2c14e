package io.cartlog.projection.query;

import io.cartlog.projection.query.Answers.Cart;
import io.cartlog.projection.query.Answers.Item;
import io.cartlog.projection.query.Answers.Order;
import io.cartlog.projection.query.Answers.OrderLines;
import io.cartlog.projection.query.Answers.Page;
import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.projection.query.Visible.Found;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.OrderItem;
import io.cartlog.projection.view.ViewItem;
import io.cartlog.projection.view.Views.Slice;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions about one account. Each answer's ETag is the version of the account that it shows; an
/// account that nobody knows has version 0 and nothing in it.
@RestController
@RequestMapping("/v1/accounts/{account}")
class AccountQueries {
    private final Visible views;
    private final Cursors cursors;

    AccountQueries(Visible views, QuerySettings settings) {
        this.views = views;
        this.cursors = new Cursors(settings.cursorKey());
    }

    /// Lines by status, newest first (S0-03, S0-04, S0-05, S0-07).
    @GetMapping("/items")
    ResponseEntity<Page<Item>> items(
            @PathVariable String account,
            @RequestParam String status,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") boolean consumed) {
        AccountId id = account(account);
        ItemStatus wanted = Parameters.status(status);
        String list = "items " + id + " " + wanted;
        Cursor from = Parameters.cursor(cursors, list, cursor);
        int most = Parameters.limit(limit);
        CapacityMeter meter = new CapacityMeter();
        Found<Slice<Item>> found =
                switch (wanted) {
                    case ACTIVE, SAVED -> lines(id, wanted, from, most, meter);
                    case PURCHASED -> purchases(id, from, most, meter);
                };
        return answer(found.version(), page(list, found, units(consumed, meter)));
    }

    private Found<Slice<Item>> lines(
            AccountId account,
            ItemStatus status,
            @Nullable Cursor from,
            int limit,
            CapacityMeter meter) {
        Found<Slice<ItemLine>> found = views.lines(account, status, from, limit, meter);
        return new Found<>(found.version(), found.value().map(Item::of));
    }

    private Found<Slice<Item>> purchases(
            AccountId account, @Nullable Cursor from, int limit, CapacityMeter meter) {
        Found<Slice<ViewItem>> found = views.purchases(account, from, limit, meter);
        return new Found<>(found.version(), found.value().map(Item::of));
    }

    /// The cart with count, exact total and categories (S0-17 to S0-20).
    @GetMapping("/cart")
    ResponseEntity<Cart> cart(
            @PathVariable String account, @RequestParam(defaultValue = "false") boolean consumed) {
        CapacityMeter meter = new CapacityMeter();
        Found<List<ItemLine>> found = views.cart(account(account), meter);
        return answer(
                found.version(),
                Cart.of(account, found.version(), found.value(), units(consumed, meter)));
    }

    /// Orders newest first (S1-06).
    @GetMapping("/orders")
    ResponseEntity<Page<Order>> orders(
            @PathVariable String account,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") boolean consumed) {
        AccountId id = account(account);
        String list = "orders " + id;
        Cursor from = Parameters.cursor(cursors, list, cursor);
        CapacityMeter meter = new CapacityMeter();
        Found<Slice<OrderItem>> found = views.orders(id, from, Parameters.limit(limit), meter);
        return answer(
                found.version(),
                page(
                        list,
                        new Found<>(found.version(), found.value().map(Order::of)),
                        units(consumed, meter)));
    }

    /// All lines of one order, in its order (S0-23).
    @GetMapping("/orders/{orderId}")
    ResponseEntity<OrderLines> order(
            @PathVariable String account,
            @PathVariable String orderId,
            @RequestParam(defaultValue = "false") boolean consumed) {
        CapacityMeter meter = new CapacityMeter();
        Found<List<ViewItem>> found =
                views.order(
                        account(account),
                        Parameters.value("orderId", orderId, OrderId::new),
                        meter);
        if (found.value().isEmpty()) {
            throw ProblemException.notFound(
                    "order-not-found", "account " + account + " has no order " + orderId);
        }
        return answer(found.version(), OrderLines.of(found.value(), units(consumed, meter)));
    }

    private static AccountId account(String text) {
        return Parameters.value("account", text, AccountId::new);
    }

    private static @Nullable Map<String, Double> units(boolean consumed, CapacityMeter meter) {
        return consumed ? meter.units() : null;
    }

    private <T> Page<T> page(
            String list, Found<Slice<T>> found, @Nullable Map<String, Double> consumed) {
        String next = found.value().next();
        return new Page<>(
                found.value().items(),
                next == null ? null : cursors.write(list, new Cursor(found.version(), next)),
                consumed);
    }

    private static <T> ResponseEntity<T> answer(long version, T body) {
        return ResponseEntity.ok().eTag("\"" + version + "\"").body(body);
    }
}
