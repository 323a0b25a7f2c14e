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
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.projection.view.ViewVersions.Generation;
import io.cartlog.projection.view.Views.Slice;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import io.cartlog.schemas.value.OrderId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions about one account's views. Each answer says which version of the account it shows, and
/// waits for the one that a token proves; an account that nobody knows has version 0 and nothing in
/// it.
@RestController
@RequestMapping("/v1/accounts/{account}")
class AccountQueries {
    private final ViewVersions versions;
    private final Freshness freshness;
    private final Cursors cursors;

    AccountQueries(ViewVersions versions, Freshness freshness, Cursors cursors) {
        this.versions = versions;
        this.freshness = freshness;
        this.cursors = cursors;
    }

    /// Lines by status, newest first (S0-03, S0-04, S0-05, S0-07).
    @GetMapping("/items")
    ResponseEntity<Page<Item>> items(
            @PathVariable String account,
            @RequestParam String status,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") String consumed,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        ItemStatus wanted = Parameters.status(status);
        String list = "items " + id + " " + wanted;
        Cursor from = Parameters.cursor(cursors, list, cursor);
        int most = Parameters.limit(limit);
        Reading reading = freshness.ofViews(id, headers, Parameters.version(from));
        Generation now = now(from);
        Visible views = new Visible(now.views());
        CapacityMeter meter = new CapacityMeter();
        Found<Slice<Item>> found =
                switch (wanted) {
                    case ACTIVE, SAVED -> lines(views, id, wanted, from, most, reading, meter);
                    case PURCHASED -> purchases(views, id, from, most, meter);
                };
        return reading.answer(found.version(), page(list, now, found, units(consumed, meter)));
    }

    /// The views of this moment, for all that follows. To be asked for after any wait: what was
    /// waited for is there in whatever became live meanwhile.
    ///
    /// @throws ProblemException if the list began in another version
    private Generation now(@Nullable Cursor cursor) {
        Generation live = versions.live();
        if (cursor != null) {
            cursor.checkGeneration(live.version());
        }
        return live;
    }

    private static Found<Slice<Item>> lines(
            Visible views,
            AccountId account,
            ItemStatus status,
            @Nullable Cursor from,
            int limit,
            Reading reading,
            CapacityMeter meter) {
        Found<Slice<ItemLine>> found =
                reading.isProven()
                        ? views.exactLines(account, status, from, limit, meter)
                        : views.lines(account, status, from, limit, meter);
        return new Found<>(found.version(), found.value().map(Item::of));
    }

    private static Found<Slice<Item>> purchases(
            Visible views,
            AccountId account,
            @Nullable Cursor from,
            int limit,
            CapacityMeter meter) {
        Found<Slice<ViewItem>> found = views.purchases(account, from, limit, meter);
        return new Found<>(found.version(), found.value().map(Item::of));
    }

    /// The cart with count, exact total and categories (S0-17 to S0-20).
    @GetMapping("/cart")
    ResponseEntity<Cart> cart(
            @PathVariable String account,
            @RequestParam(defaultValue = "false") String consumed,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        Reading reading = freshness.ofViews(id, headers, 0);
        Visible views = new Visible(now(null).views());
        CapacityMeter meter = new CapacityMeter();
        List<String> known = Parameters.ifNoneMatch(headers);
        if (!known.isEmpty()) {
            long version = views.version(id, meter);
            if (Reading.isKnown(known, version)) {
                return reading.unchanged(version);
            }
        }
        Found<List<ItemLine>> found = views.cart(id, meter);
        return reading.answer(
                found.version(),
                Cart.of(account, found.version(), found.value(), units(consumed, meter)));
    }

    /// Orders newest first (S1-06).
    @GetMapping("/orders")
    ResponseEntity<Page<Order>> orders(
            @PathVariable String account,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") String consumed,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        String list = "orders " + id;
        Cursor from = Parameters.cursor(cursors, list, cursor);
        Reading reading = freshness.ofViews(id, headers, Parameters.version(from));
        Generation now = now(from);
        Visible views = new Visible(now.views());
        CapacityMeter meter = new CapacityMeter();
        Found<Slice<OrderItem>> found = views.orders(id, from, Parameters.limit(limit), meter);
        return reading.answer(
                found.version(),
                page(
                        list,
                        now,
                        new Found<>(found.version(), found.value().map(Order::of)),
                        units(consumed, meter)));
    }

    /// All lines of one order, in its order (S0-23).
    @GetMapping("/orders/{orderId}")
    ResponseEntity<OrderLines> order(
            @PathVariable String account,
            @PathVariable String orderId,
            @RequestParam(defaultValue = "false") String consumed,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        OrderId number = Parameters.value("orderId", orderId, OrderId::new);
        Reading reading = freshness.ofViews(id, headers, 0);
        Visible views = new Visible(now(null).views());
        CapacityMeter meter = new CapacityMeter();
        Found<List<ViewItem>> found = views.order(id, number, meter);
        if (found.value().isEmpty()) {
            throw reading.lacks(
                    found.version(),
                    ProblemCode.ORDER_NOT_FOUND,
                    "account " + account + " has no order " + orderId);
        }
        return reading.answer(
                found.version(), OrderLines.of(found.value(), units(consumed, meter)));
    }

    private static @Nullable Map<String, Double> units(String consumed, CapacityMeter meter) {
        return Parameters.flag("consumed", consumed) ? meter.units() : null;
    }

    private <T> Page<T> page(
            String list,
            Generation now,
            Found<Slice<T>> found,
            @Nullable Map<String, Double> consumed) {
        String next = found.value().next();
        return new Page<>(
                found.value().items(),
                next == null
                        ? null
                        : cursors.write(list, new Cursor(now.version(), found.version(), next)),
                consumed);
    }
}
