package io.cartlog.projection.query;

import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.queries`.
///
/// @param cursorKey secret that signs cursors, at least 16 characters; the same on every instance
///   and for as long as cursors are to hold
public record QuerySettings(@DefaultValue("") String cursorKey) {
    private static final int SHORTEST = 16;

    public QuerySettings {
        if (cursorKey.isBlank()) {
            throw new IllegalArgumentException("cartlog.queries.cursor-key is missing");
        }
        if (cursorKey.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "cartlog.queries.cursor-key has less than " + SHORTEST + " characters");
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "QuerySettings[cursorKey=***]";
    }
}
