package io.cartlog.projection.query;

import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.projection.view.Period;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/// Text from the request as values; what is none is a [ProblemException] that names the parameter.
final class Parameters {
    static final String DEFAULT_LIMIT = "25";
    private static final int HIGHEST_LIMIT = 100;
    private static final int DAY_LENGTH = "2011-12-09".length();

    /// What bytes become that are no UTF-8 (U+FFFD).
    private static final char NO_CHARACTER = '\ufffd';

    private Parameters() {}

    static <T> T value(String parameter, String text, Function<String, T> constructor) {
        if (text.indexOf(NO_CHARACTER) >= 0) {
            throw ProblemException.parameter(parameter, "the value is not UTF-8");
        }
        try {
            return constructor.apply(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.parameter(parameter, String.valueOf(e.getMessage()));
        }
    }

    static AccountId account(String text) {
        return value("account", text, AccountId::new);
    }

    static ItemStatus status(String text) {
        return switch (text) {
            case "ACTIVE" -> ItemStatus.ACTIVE;
            case "SAVED" -> ItemStatus.SAVED;
            case "PURCHASED" -> ItemStatus.PURCHASED;
            default ->
                    throw ProblemException.parameter(
                            "status", "the status is ACTIVE, SAVED or PURCHASED");
        };
    }

    /// Of decimal digits and nothing else, as everywhere.
    static int limit(String text) {
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw ProblemException.parameter("limit", "the limit is 1 to " + HIGHEST_LIMIT);
        }
        return limit;
    }

    static boolean flag(String parameter, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ProblemException.parameter(parameter, "it is true or false");
        };
    }

    /// @param from a moment, or the day with which the period begins; null for no beginning
    /// @param to the moment or the day before which it ends; null for no end
    static Period period(@Nullable String from, @Nullable String to) {
        Instant begin = from == null ? null : value("from", from, Parameters::moment);
        return to == null
                ? new Period(begin, null)
                : value("to", to, text -> new Period(begin, moment(text)));
    }

    /// `2011-12-09` is the first moment of that day, UTC.
    private static Instant moment(String text) {
        try {
            return text.length() == DAY_LENGTH
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "it is a day (2011-12-09) or a moment (2011-12-09T12:50:00Z)", e);
        }
    }

    static @Nullable Cursor cursor(Cursors cursors, String list, @Nullable String text) {
        return text == null ? null : cursors.read(list, text);
    }

    /// The entity tags that a client has already.
    static List<String> ifNoneMatch(HttpHeaders headers) {
        return value(
                HttpHeaders.IF_NONE_MATCH,
                HttpHeaders.IF_NONE_MATCH,
                _ -> headers.getIfNoneMatch());
    }

    /// The version that earlier pages have shown; 0 for the first page.
    static long version(@Nullable Cursor cursor) {
        return cursor == null ? 0 : cursor.version();
    }
}
