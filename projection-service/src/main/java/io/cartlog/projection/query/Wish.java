package io.cartlog.projection.query;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/// How far a read's answer has to be.
///
/// @param version that the client can prove to be there; 0 if it shows no token
/// @param lenient take what there is if that is not reached in time (`Prefer: handling=lenient`)
record Wish(long version, boolean lenient) {
    static final String PREFERENCE = "handling=lenient";

    /// @throws ProblemException if the token is none, or another account's
    static Wish of(AccountId account, HttpHeaders headers) {
        return new Wish(version(account, headers), isLenient(headers));
    }

    private static long version(AccountId account, HttpHeaders headers) {
        return headers.getOrEmpty(ConsistencyToken.HEADER).stream()
                .mapToLong(text -> version(account, text))
                .max()
                .orElse(0);
    }

    private static long version(AccountId account, String text) {
        ConsistencyToken token = token(text);
        if (!token.account().equals(account)) {
            throw new ProblemException(
                    ProblemCode.CONSISTENCY_TOKEN_INVALID, "the token is another account's");
        }
        return token.version();
    }

    private static ConsistencyToken token(String text) {
        try {
            return ConsistencyToken.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.CONSISTENCY_TOKEN_INVALID, String.valueOf(e.getMessage()));
        }
    }

    /// RFC 7240: several headers, several preferences in each, parameters after a semicolon.
    private static boolean isLenient(HttpHeaders headers) {
        List<String> preferences = headers.getOrEmpty("Prefer");
        return preferences.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(preference -> preference.split(";", 2)[0])
                .map(name -> name.replaceAll("[\\s\"]", "").toLowerCase(Locale.ROOT))
                .anyMatch(PREFERENCE::equals);
    }
}
