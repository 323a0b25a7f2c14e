package io.cartlog.cli.load;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What came back for one line.
///
/// @param eventId of the event that the line made, now or before
/// @param code of the refusal
/// @param errors what is wrong with which field
record Answer(
        int line,
        int status,
        @Nullable Boolean replayed,
        @Nullable UUID eventId,
        @Nullable String code,
        @Nullable String detail,
        @Nullable JsonNode errors) {
    private static final String NOT_IN_CART = "item-not-in-cart";

    /// The rules of the cart; any other refusal means that the line itself is no good.
    private static final Set<String> RULES =
            Set.of(
                    NOT_IN_CART,
                    "item-not-saved",
                    "cart-empty",
                    "price-unknown",
                    "quantity-above-limit",
                    "too-many-lines",
                    "command-id-reused");

    boolean accepted() {
        return status / 100 == 2;
    }

    /// Whether sending the line again may help.
    boolean transientFailure() {
        return status >= 500 || status == 429 || status == 408;
    }

    boolean refusedByRule() {
        return code != null && RULES.contains(code);
    }

    /// Whether there was nothing to be taken out of the cart.
    boolean isNotInCart() {
        return NOT_IN_CART.equals(code);
    }

    /// Whether the line had its effect before that moment of the log's time. Event ids begin with
    /// the milliseconds of their commands.
    boolean replayedFromBefore(Instant start) {
        return Boolean.TRUE.equals(replayed)
                && (eventId == null
                        || eventId.getMostSignificantBits() >>> 16 < start.toEpochMilli());
    }

    /// Why it was not accepted, in words.
    String reason() {
        StringBuilder reason = new StringBuilder(code == null ? "status " + status : code);
        if (detail != null) {
            reason.append(": ").append(detail);
        }
        if (errors != null) {
            errors.forEach(e -> reason.append(fieldError(e)));
        }
        return reason.toString();
    }

    private static String fieldError(JsonNode error) {
        return String.format(
                Locale.ROOT,
                "; %s %s",
                error.path("pointer").asString(""),
                error.path("detail").asString(""));
    }
}
