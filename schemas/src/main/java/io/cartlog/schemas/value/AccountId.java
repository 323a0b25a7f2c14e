package io.cartlog.schemas.value;

/// Whose cart it is: 1 to 40 of letters, digits and `. _ : @ -`, the first a letter or digit.
///
/// A buyer whom nobody knows gets an account of his own, named after his invoice ([#guest]).
public record AccountId(String value) {
    public static final int MAX_LENGTH = 40;

    /// What the accounts of guests start with.
    public static final String GUEST = "guest-";

    private static final String OTHERS = "._:@-";

    /// @throws IllegalArgumentException if the text has another shape
    public AccountId {
        if (!isAccount(value)) {
            throw new IllegalArgumentException(
                    "an account is 1 to 40 of letters, digits and . _ : @ -, the first a letter or"
                            + " digit");
        }
    }

    /// By hand: accounts are made several times for each command, and a pattern takes longer than
    /// all other work on them.
    private static boolean isAccount(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && OTHERS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
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
