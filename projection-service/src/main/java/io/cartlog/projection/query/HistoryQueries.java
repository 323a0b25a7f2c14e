package io.cartlog.projection.query;

import io.cartlog.projection.query.Answers.Cart;
import io.cartlog.projection.query.Answers.CartLine;
import io.cartlog.projection.query.Answers.Page;
import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.projection.view.CartAsOf;
import io.cartlog.projection.view.History;
import io.cartlog.projection.view.ItemLine;
import io.cartlog.projection.view.LineStory;
import io.cartlog.projection.view.LineStory.Step;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// Questions about an account's past, answered out of the log.
@RestController
@RequestMapping("/v1/accounts/{account}")
class HistoryQueries {
    private final History history;
    private final Freshness freshness;
    private final Cursors cursors;
    private final EventJson json;

    HistoryQueries(History history, Freshness freshness, Cursors cursors, EventJson json) {
        this.history = history;
        this.freshness = freshness;
        this.cursors = cursors;
        this.json = json;
    }

    /// The account's events, each once and none left out, whatever is written meanwhile.
    @GetMapping("/history")
    ResponseEntity<Page<ObjectNode>> history(
            @PathVariable String account,
            @RequestParam(defaultValue = "newest") String order,
            @RequestParam(defaultValue = Parameters.DEFAULT_LIMIT) String limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        Order wanted = Order.of(order);
        String list = "history " + id + " " + wanted;
        Cursor from = Parameters.cursor(cursors, list, cursor);
        int most = Parameters.limit(limit);
        Reading reading = freshness.ofHistory(id, headers, Parameters.version(from));
        long latest = history.latest(id);
        Span span = wanted.span(from, latest, most);
        long next = wanted.next(span, latest);
        return reading.answer(
                latest,
                new Page<>(
                        events(id, span, wanted),
                        next == 0
                                ? null
                                : cursors.write(list, new Cursor(0, latest, Long.toString(next))),
                        null));
    }

    /// Versions, both included; none if `to` is below `from`.
    private record Span(long from, long to) {}

    private enum Order {
        NEWEST,
        OLDEST;

        static Order of(String text) {
            return switch (text) {
                case "newest" -> NEWEST;
                case "oldest" -> OLDEST;
                default ->
                        throw ProblemException.parameter("order", "the order is newest or oldest");
            };
        }

        Span span(@Nullable Cursor cursor, long latest, int limit) {
            return switch (this) {
                case NEWEST -> {
                    long to = cursor == null ? latest : Long.parseLong(cursor.before());
                    yield new Span(Math.max(1, to - limit + 1), to);
                }
                case OLDEST -> {
                    long from = cursor == null ? 1 : Long.parseLong(cursor.before());
                    yield new Span(from, Math.min(latest, from + limit - 1));
                }
            };
        }

        /// The version with which the next page begins; 0 if there is none.
        long next(Span span, long latest) {
            return switch (this) {
                case NEWEST -> Math.max(0, span.from() - 1);
                case OLDEST -> span.to() < latest ? span.to() + 1 : 0;
            };
        }
    }

    private List<ObjectNode> events(AccountId account, Span span, Order order) {
        List<ObjectNode> events = new ArrayList<>();
        history.read(account, span.from(), span.to(), event -> events.add(json.of(event)));
        if (order == Order.NEWEST) {
            Collections.reverse(events);
        }
        return events;
    }

    /// The cart as the account's events have made it, up to a version or up to a moment of log
    /// time.
    @GetMapping(path = "/cart", params = "asOf")
    ResponseEntity<Cart> cartAsOf(
            @PathVariable String account,
            @RequestParam String asOf,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        Moment moment = moment(asOf);
        Reading reading = freshness.ofHistory(id, headers, 0);
        long version =
                switch (moment) {
                    case AtVersion at -> reached(id, at.version());
                    case AtInstant at -> history.versionAt(id, at.instant());
                };
        CartAsOf cart = new CartAsOf(id);
        history.read(id, 1, version, cart::add);
        return reading.past(version, Cart.of(account, version, cart.lines(), null));
    }

    private sealed interface Moment {}

    private record AtVersion(long version) implements Moment {}

    private record AtInstant(Instant instant) implements Moment {}

    private static Moment moment(String text) {
        try {
            return text.matches("[0-9]{1,18}")
                    ? new AtVersion(Long.parseLong(text))
                    : new AtInstant(Instant.parse(text));
        } catch (DateTimeParseException _) {
            throw ProblemException.parameter(
                    "asOf", "a version, or a moment such as 2026-01-02T03:04:05.678Z");
        }
    }

    private long reached(AccountId account, long version) {
        if (freshness.awaitHistory(account, version) || version <= history.latest(account)) {
            return version;
        }
        long latest = history.latest(account);
        throw new ProblemException(
                        ProblemCode.VERSION_NOT_FOUND,
                        "account " + account + " has reached version " + latest)
                .with("version", latest);
    }

    /// @param event with the id of the command that caused it
    /// @param line as it was afterwards; left out if the event took it out of the cart
    record Explained(ObjectNode event, @Nullable CartLine line) {}

    /// @param line as it is now; left out if it is in the cart no more
    /// @param steps what made it so, oldest first, since it last came into the cart
    record Explanation(
            String account,
            long version,
            String productId,
            @Nullable CartLine line,
            List<Explained> steps) {}

    /// Which commands have made a line of the cart what it is.
    @GetMapping("/cart/lines/{productId}/explain")
    ResponseEntity<Explanation> explain(
            @PathVariable String account,
            @PathVariable String productId,
            @RequestHeader HttpHeaders headers) {
        AccountId id = Parameters.account(account);
        Sku sku = Parameters.value("productId", productId, Sku::new);
        Reading reading = freshness.ofHistory(id, headers, 0);
        LineStory story = new LineStory(id, sku);
        history.read(id, 1, history.latest(id), story::add);
        if (story.steps().isEmpty()) {
            throw reading.lacks(
                    story.version(),
                    ProblemCode.LINE_NOT_FOUND,
                    productId + " never was in the cart of account " + account);
        }
        return reading.answer(
                story.version(),
                new Explanation(
                        account,
                        story.version(),
                        productId,
                        line(story.line()),
                        story.steps().stream().map(this::explained).toList()));
    }

    private Explained explained(Step step) {
        return new Explained(json.of(step.event()), line(step.line()));
    }

    private static @Nullable CartLine line(@Nullable ItemLine line) {
        return line == null ? null : CartLine.of(line);
    }
}
