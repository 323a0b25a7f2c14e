package io.cartlog.commands.problem;

import java.util.Locale;

/// Every kind of problem that this service answers with. Each has a page `docs/problems/CODE.md`.
public enum ProblemCode {
    BAD_REQUEST(400),
    BODY_INCOMPLETE(400),
    IDEMPOTENCY_KEY_INVALID(400),
    IDEMPOTENCY_KEY_MISSING(400),
    IF_MATCH_INVALID(400),
    MALFORMED_JSON(400),
    COMMAND_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CART_EMPTY(409),
    ITEM_NOT_IN_CART(409),
    ITEM_NOT_SAVED(409),
    NOTHING_TO_UNDO(409),
    PRICE_UNKNOWN(409),
    VERSION_CONFLICT(412),
    BODY_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    COMMAND_ID_REUSED(422),
    INVALID_FIELDS(422),
    QUANTITY_ABOVE_LIMIT(422),
    TOO_MANY_LINES(422),
    PRECONDITION_REQUIRED(428),
    TOO_MANY_IN_FLIGHT(429, 1),
    TOO_MANY_REQUESTS(429, 1),
    TOO_MUCH_REMEMBERED(429, 3_600),
    INTERNAL_ERROR(500),
    DECIDER_FULL(503, 60),
    LOG_UNAVAILABLE(503, 1),
    READ_MODEL_UNAVAILABLE(503, 2),
    TIMED_OUT(504);

    /// Where the pages of all problems are, on this service.
    public static final String PAGES = "/problems/";

    private final int status;
    private final int retryAfterSeconds;

    ProblemCode(int status) {
        this(status, 0);
    }

    ProblemCode(int status, int retryAfterSeconds) {
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /// The usual HTTP status.
    public int status() {
        return status;
    }

    /// When it makes sense to try again; 0 if nothing is known of that.
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /// As clients see it: in kebab case.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The address of its page, which is its type.
    public String type() {
        return PAGES + text();
    }

    /// In words: `Cart empty`.
    public String title() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
