package io.cartlog.schemas.value;

/// Names a command so that sending it again is safe: 1 to 100 visible ASCII characters.
public record CommandId(String value) {
    private static final int MAX_LENGTH = 100;

    /// @throws IllegalArgumentException if the text has another shape
    public CommandId {
        if (!isKey(value)) {
            throw new IllegalArgumentException(
                    "an idempotency key is 1 to 100 visible ASCII characters without spaces");
        }
    }

    private static boolean isKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '!' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_LENGTH;
    }

    @Override
    public String toString() {
        return value;
    }
}
