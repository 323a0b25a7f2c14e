package io.cartlog.schemas.value;

/// An order: `O-` and 26 characters when the decider made it, or the number that a till gave it. At
/// most 40 bytes, without `#`.
public record OrderId(String value) {
    private static final String PREFIX = "O-";

    /// @throws IllegalArgumentException if the text is blank, too long or has a forbidden character
    public OrderId {
        Text.checkKey("an order number", value, 40);
    }

    /// The id as it stands in keys of the table, with the prefix `O-` (S0-11).
    public String key() {
        return value.startsWith(PREFIX) ? value : PREFIX + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
