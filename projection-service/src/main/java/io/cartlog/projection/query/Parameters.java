package io.cartlog.projection.query;

import io.cartlog.projection.query.Cursors.Cursor;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Text from the request as values; what is none is a [ProblemException] that names the parameter.
final class Parameters {
    static final String DEFAULT_LIMIT = "25";
    private static final int HIGHEST_LIMIT = 100;

    private Parameters() {}

    static <T> T value(String parameter, String text, Function<String, T> constructor) {
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

    static int limit(int limit) {
        if (limit < 1 || limit > HIGHEST_LIMIT) {
            throw ProblemException.parameter("limit", "the limit is 1 to " + HIGHEST_LIMIT);
        }
        return limit;
    }

    static @Nullable Cursor cursor(Cursors cursors, String list, @Nullable String text) {
        return text == null ? null : cursors.read(list, text);
    }

    /// The version that earlier pages have shown; 0 for the first page.
    static long version(@Nullable Cursor cursor) {
        return cursor == null ? 0 : cursor.version();
    }
}
