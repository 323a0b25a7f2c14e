package io.cartlog.commands.intake;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.reply.CartReply.ActionRefused;
import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.NothingToUndo;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.reply.CartReply.TooMuchRemembered;
import io.cartlog.schemas.reply.CartReply.VersionConflict;
import io.cartlog.schemas.value.Sku;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Why a request did not do what it asked for, as RFC 9457 has it.
///
/// @param status usually that of the code
/// @param code names the rule
/// @param numbers the rule's numbers, further members of the answer
record Problem(int status, ProblemCode code, String detail, Map<String, Object> numbers) {
    Problem(ProblemCode code, String detail) {
        this(code, detail, Map.of());
    }

    Problem(ProblemCode code, String detail, Map<String, Object> numbers) {
        this(code.status(), code, detail, numbers);
    }

    /// @param pointer JSON pointer to the field, empty for the whole body
    record FieldError(String pointer, String detail) {}

    static Problem invalidFields(List<FieldError> errors) {
        String detail =
                errors.size() == 1
                        ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
                        : errors.size() + " fields are not as they must be";
        return new Problem(ProblemCode.INVALID_FIELDS, detail, Map.of("errors", errors));
    }

    static Problem malformedJson(String detail) {
        return new Problem(ProblemCode.MALFORMED_JSON, writable(detail));
    }

    /// Text of the client's that goes back to it: half of a surrogate pair becomes a `?`, for
    /// nobody could write it down.
    private static String writable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static Problem bodyTooLarge(String limit) {
        return new Problem(ProblemCode.BODY_TOO_LARGE, "the body has more than " + limit);
    }

    static Problem tooManyInFlight() {
        return new Problem(
                ProblemCode.TOO_MANY_IN_FLIGHT, "too many commands are under way; try again soon");
    }

    static Problem deciderFull(double limit) {
        return new Problem(
                ProblemCode.DECIDER_FULL,
                "what is remembered fills more than %.0f %% of the memory for it"
                        .formatted(100 * limit));
    }

    static Problem tooManyRequests(int perSecond, int burst) {
        return new Problem(
                ProblemCode.TOO_MANY_REQUESTS,
                "the account has sent more than %d requests a second, or %d at once"
                        .formatted(perSecond, burst),
                numbers("perSecond", perSecond, "burst", burst));
    }

    /// Only in batches: whoever sends one command is told where to ask for what came of it.
    static Problem timedOut() {
        return new Problem(
                ProblemCode.TIMED_OUT,
                "no reply in time; the command may still be carried out, and sending it again with"
                        + " the same idempotency key is safe");
    }

    static Problem logUnavailable() {
        return new Problem(
                ProblemCode.LOG_UNAVAILABLE,
                "the log has not confirmed the command; it may be carried out or not, and sending"
                        + " it again with the same idempotency key is safe");
    }

    static Problem clickNotConfirmed() {
        return new Problem(
                ProblemCode.LOG_UNAVAILABLE,
                "the log has not confirmed the click; sending it again with the same clickId is"
                        + " safe");
    }

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case ItemNotInCart r ->
                    new Problem(
                            ProblemCode.ITEM_NOT_IN_CART,
                            r.sku() + " is not in the cart",
                            numbers("productId", r.sku().value()));
            case ItemNotSaved r ->
                    new Problem(
                            ProblemCode.ITEM_NOT_SAVED,
                            r.sku() + " is not on the saved list",
                            numbers("productId", r.sku().value()));
            case CartEmpty _ -> new Problem(ProblemCode.CART_EMPTY, "the cart is empty");
            case PriceUnknown r -> {
                List<String> skus = r.skus().stream().map(Sku::value).toList();
                yield new Problem(
                        ProblemCode.PRICE_UNKNOWN,
                        "the cart cannot be checked out while prices are unknown: "
                                + String.join(", ", skus),
                        numbers("productIds", skus));
            }
            case QuantityAboveLimit r ->
                    new Problem(
                            ProblemCode.QUANTITY_ABOVE_LIMIT,
                            "the cart would hold %d of %s, at most %d are allowed"
                                    .formatted(r.requested(), r.sku(), r.limit()),
                            numbers(
                                    "productId",
                                    r.sku().value(),
                                    "inCart",
                                    r.inCart(),
                                    "requested",
                                    r.requested(),
                                    "limit",
                                    r.limit()));
            case TooManyLines r ->
                    new Problem(
                            ProblemCode.TOO_MANY_LINES,
                            "the %s list has, or would have, %d products, at most %d are allowed"
                                    .formatted(
                                            r.status().name().toLowerCase(Locale.ROOT),
                                            r.lines(),
                                            r.limit()),
                            numbers(
                                    "list",
                                    r.status().name(),
                                    "lines",
                                    r.lines(),
                                    "limit",
                                    r.limit()));
            case CommandIdReused r ->
                    new Problem(
                            ProblemCode.COMMAND_ID_REUSED,
                            "the idempotency key was used before, for another command",
                            numbers("firstVersion", r.firstVersion()));
            case VersionConflict r ->
                    new Problem(
                            ProblemCode.VERSION_CONFLICT,
                            "the account has version %d, not %d"
                                    .formatted(r.actual(), r.expected()),
                            numbers(
                                    "expected",
                                    r.expected(),
                                    "version",
                                    r.actual(),
                                    "cart",
                                    Map.of("lines", EventJson.lines(r.cart()))));
            case NothingToUndo r ->
                    new Problem(
                            ProblemCode.NOTHING_TO_UNDO,
                            r.lastUndoable() == 0
                                    ? "the account has had no merge and no clear"
                                    : "something else has happened since the last merge or clear",
                            numbers("version", r.version(), "lastUndoable", r.lastUndoable()));
            case ActionRefused r -> {
                Problem of = of(r.refusal());
                Map<String, Object> numbers = numbers("action", r.index());
                numbers.putAll(of.numbers());
                yield new Problem(
                        of.status(),
                        of.code(),
                        "action " + r.index() + ": " + of.detail(),
                        numbers);
            }
            case TooMuchRemembered r ->
                    new Problem(
                            ProblemCode.TOO_MUCH_REMEMBERED,
                            ("the answers to the account's commands of the last days take %d kB, at"
                                            + " most %d are kept")
                                    .formatted(r.kilobytes(), r.limit()),
                            numbers("kilobytes", r.kilobytes(), "limit", r.limit()));
        };
    }

    private static Map<String, Object> numbers(Object... namesAndValues) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            numbers.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return numbers;
    }

    /// What a batch answers to one line.
    Map<String, Object> ofLine(int line) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("line", line);
        members.put("status", status);
        members.put("code", code.text());
        members.put("detail", detail);
        members.putAll(numbers);
        return members;
    }

    /// The members of the answer's body.
    Map<String, Object> members(String traceId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", code.type());
        members.put("title", code.title());
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code.text());
        members.put("traceId", traceId);
        members.putAll(numbers);
        return members;
    }
}
