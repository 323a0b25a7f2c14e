package io.cartlog.authorization;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// All settings of the server. One that is missing, wrong or unknown stops the start.
@ConfigurationProperties(prefix = "cartlog", ignoreUnknownFields = false)
record IssuerSettings(@DefaultValue Tokens tokens) {

    /// @param issuer the server's own address, which tokens name
    /// @param audience whom tokens are for
    /// @param keyFile where the signing key is kept; made when it is absent
    /// @param lifetime of a token
    /// @param shopSecret of the client `shop`, which gets tokens for one account each
    /// @param staffSecret of the client `staff`
    /// @param opsSecret of the client `ops`
    record Tokens(
            @Nullable String issuer,
            @DefaultValue("cartlog") String audience,
            @Nullable Path keyFile,
            @DefaultValue("10m") Duration lifetime,
            @Nullable String shopSecret,
            @Nullable String staffSecret,
            @Nullable String opsSecret) {
        private static final int SHORTEST_SECRET = 32;

        Tokens {
            require("issuer", issuer);
            require("key-file", keyFile);
            requireSecret("shop-secret", shopSecret);
            requireSecret("staff-secret", staffSecret);
            requireSecret("ops-secret", opsSecret);
        }

        /// Without the secrets.
        @Override
        public String toString() {
            return "Tokens[issuer=%s]".formatted(issuer);
        }

        private static void require(String name, @Nullable Object value) {
            if (value == null || value.toString().isBlank()) {
                throw new IllegalArgumentException(
                        "the setting cartlog.tokens." + name + " is missing");
            }
        }

        /// Secrets are kept as a plain digest, so they must be drawn at random and long.
        private static void requireSecret(String name, @Nullable String value) {
            require(name, value);
            if (String.valueOf(value).length() < SHORTEST_SECRET) {
                throw new IllegalArgumentException(
                        "cartlog.tokens.%s has less than %d characters"
                                .formatted(name, SHORTEST_SECRET));
            }
        }
    }
}
