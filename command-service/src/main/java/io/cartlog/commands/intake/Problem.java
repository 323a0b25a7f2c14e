package io.cartlog.commands.intake;

import io.cartlog.schemas.reply.CartReply.CartEmpty;
import io.cartlog.schemas.reply.CartReply.CommandIdReused;
import io.cartlog.schemas.reply.CartReply.ItemNotInCart;
import io.cartlog.schemas.reply.CartReply.ItemNotSaved;
import io.cartlog.schemas.reply.CartReply.PriceUnknown;
import io.cartlog.schemas.reply.CartReply.QuantityAboveLimit;
import io.cartlog.schemas.reply.CartReply.Refusal;
import io.cartlog.schemas.reply.CartReply.TooManyLines;
import io.cartlog.schemas.value.Sku;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Why a request did not do what it asked for, as RFC 9457 has it.
///
/// @param code names the rule, in kebab case
/// @param numbers the rule's numbers, further members of the answer
record Problem(int status, String code, String detail, Map<String, Object> numbers) {
    private static final String TYPE = "urn:problem-type:cartlog:";

    Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    /// @param pointer JSON pointer to the field, empty for the whole body
    record FieldError(String pointer, String detail) {}

    static Problem invalidFields(List<FieldError> errors) {
        String detail =
                errors.size() == 1
                        ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
                        : errors.size() + " fields are not as they must be";
        return new Problem(422, "invalid-fields", detail, Map.of("errors", errors));
    }

    static Problem malformedJson(String detail) {
        return new Problem(400, "malformed-json", detail);
    }

    static Problem bodyTooLarge(String limit) {
        return new Problem(413, "body-too-large", "the body has more than " + limit);
    }

    static Problem tooManyInFlight() {
        return new Problem(
                429, "too-many-in-flight", "too many commands are under way; try again soon");
    }

    static Problem timedOut() {
        return new Problem(
                504,
                "timed-out",
                "no reply in time; the command may still be carried out, and sending it again with"
                        + " the same idempotency key is safe");
    }

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case ItemNotInCart r ->
                    new Problem(
                            409,
                            "item-not-in-cart",
                            r.sku() + " is not in the cart",
                            numbers("productId", r.sku().value()));
            case ItemNotSaved r ->
                    new Problem(
                            409,
                            "item-not-saved",
                            r.sku() + " is not on the saved list",
                            numbers("productId", r.sku().value()));
            case CartEmpty _ -> new Problem(409, "cart-empty", "the cart is empty");
            case PriceUnknown r -> {
                List<String> skus = r.skus().stream().map(Sku::value).toList();
                yield new Problem(
                        409,
                        "price-unknown",
                        "the cart cannot be checked out while prices are unknown: "
                                + String.join(", ", skus),
                        numbers("productIds", skus));
            }
            case QuantityAboveLimit r ->
                    new Problem(
                            422,
                            "quantity-above-limit",
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
                            422,
                            "too-many-lines",
                            "the %s list has %d products, at most %d are allowed"
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
                            422,
                            "command-id-reused",
                            "the idempotency key was used before, for another command",
                            numbers("firstVersion", r.firstVersion()));
        };
    }

    private static Map<String, Object> numbers(Object... namesAndValues) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            numbers.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return numbers;
    }

    /// The members of the answer's body.
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", TYPE + code);
        members.put("title", title());
        members.put("status", status);
        members.put("detail", detail);
        members.put("code", code);
        members.putAll(numbers);
        return members;
    }

    private String title() {
        return code.substring(0, 1).toUpperCase(Locale.ROOT) + code.substring(1).replace('-', ' ');
    }
}
