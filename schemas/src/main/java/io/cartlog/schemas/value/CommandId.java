package io.cartlog.schemas.value;

import java.util.regex.Pattern;

/// Names a command so that sending it again is safe: 1 to 100 visible ASCII characters.
public record CommandId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,100}");

    /// @throws IllegalArgumentException if the text has another shape
    public CommandId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an idempotency key is 1 to 100 visible ASCII characters without spaces");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
