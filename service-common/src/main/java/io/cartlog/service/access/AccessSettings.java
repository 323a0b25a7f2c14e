package io.cartlog.service.access;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.security`. The first two have no default: a service that does not know
/// whom to believe does not start.
///
/// @param issuer who signs tokens, as their `iss` says it
/// @param jwksUrl where the issuer's keys are; it may be away when the service starts
/// @param audience what a token's `aud` must name
/// @param clockSkew how far the issuer's clock may be from ours
public record AccessSettings(
        @Nullable String issuer,
        @Nullable URI jwksUrl,
        @DefaultValue("cartlog") String audience,
        @DefaultValue("10s") Duration clockSkew) {

    /// @throws IllegalArgumentException if one is missing
    public AccessSettings {
        require("issuer", issuer, "http://localhost:8088");
        require("jwks-url", jwksUrl, "http://localhost:8088/oauth2/jwks");
    }

    private static void require(String name, @Nullable Object value, String example) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(
                    "the setting cartlog.security.%s is missing; an example is %s"
                            .formatted(name, example));
        }
    }
}
