package io.cartlog.schemas.value;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/// Proves that an account has reached a version: whoever wrote it shows it with a query, and is
/// then answered from a view that is at least so far. It gives no right to anything, so nobody
/// signs it.
///
/// @param version of the account that the view must have reached, from 0
public record ConsistencyToken(AccountId account, long version) {
    public static final String HEADER = "Cartlog-Consistency-Token";
    private static final char SEPARATOR = '#'; // no account has one

    /// @throws IllegalArgumentException if the version is below 0
    public ConsistencyToken {
        if (version < 0) {
            throw new IllegalArgumentException("a version is 0 or more, not " + version);
        }
    }

    /// @throws IllegalArgumentException if the text is no token
    public static ConsistencyToken parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
            int end = plain.indexOf(SEPARATOR);
            long version = Long.parseLong(plain.substring(end + 1));
            return new ConsistencyToken(new AccountId(plain.substring(0, end)), version);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "not a consistency token: send back what a command answered in " + HEADER, e);
        }
    }

    /// As it stands in the header: base64url without padding.
    @Override
    public String toString() {
        byte[] plain = (account.value() + SEPARATOR + version).getBytes(UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }
}
