package io.cartlog.schemas.value;

import java.util.regex.Pattern;

/// Names a click within its account so that sending it again is safe: 1 to 36 visible ASCII
/// characters.
public record ClickId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,36}");

    /// @throws IllegalArgumentException if the text has another shape
    public ClickId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a click's id is 1 to 36 visible ASCII characters without spaces");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
