package io.cartlog.schemas.value;

import java.util.regex.Pattern;

/// Whose cart it is: 1 to 40 of letters, digits and `. _ : @ -`, the first a letter or digit.
///
/// A buyer whom nobody knows gets an account of his own, named after his invoice ([#guest]).
public record AccountId(String value) {
    public static final int MAX_LENGTH = 40;

    /// What the accounts of guests start with.
    public static final String GUEST = "guest-";

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,39}");

    /// @throws IllegalArgumentException if the text has another shape
    public AccountId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "an account is 1 to 40 of letters, digits and . _ : @ -, the first a letter or"
                            + " digit");
        }
    }

    /// The account of a buyer without one: `guest-536414` for order 536414.
    public static AccountId guest(OrderId order) {
        return new AccountId(GUEST + order.value());
    }

    public boolean isGuest() {
        return value.startsWith(GUEST);
    }

    @Override
    public String toString() {
        return value;
    }
}
