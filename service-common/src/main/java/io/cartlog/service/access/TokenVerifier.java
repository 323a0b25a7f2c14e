package io.cartlog.service.access;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/// Tells who holds a token: a JWT access token (RFC 9068) of our issuer, for us, signed RS256 or
/// ES256, and not expired.
public final class TokenVerifier implements AuthenticationManager {
    private static final int REMEMBERED = 20_000;
    private static final int MILLIS = Math.toIntExact(Duration.ofSeconds(2).toMillis());
    private static final int MOST_BYTES = 100_000;

    private final NimbusJwtDecoder decoder;
    private final KnownCallers known;
    private final InstantSource clock;

    TokenVerifier(AccessSettings settings, InstantSource clock) {
        this.decoder = decoder(settings);
        this.known = new KnownCallers(REMEMBERED, clock);
        this.clock = clock;
    }

    private static NimbusJwtDecoder decoder(AccessSettings settings) {
        IssuerKeys keys =
                new IssuerKeys(
                        url(Objects.requireNonNull(settings.jwksUrl())),
                        new DefaultResourceRetriever(MILLIS, MILLIS, MOST_BYTES),
                        System::nanoTime);
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSource(keys)
                        .jwsAlgorithms(TokenVerifier::onlyOfKeyPairs)
                        .build();
        decoder.setJwtValidator(validator(settings));
        return decoder;
    }

    /// Neither `none` nor one whose key both sides hold.
    private static void onlyOfKeyPairs(Set<SignatureAlgorithm> algorithms) {
        algorithms.clear();
        algorithms.add(SignatureAlgorithm.RS256);
        algorithms.add(SignatureAlgorithm.ES256);
    }

    private static OAuth2TokenValidator<Jwt> validator(AccessSettings settings) {
        JwtTimestampValidator times = new JwtTimestampValidator(settings.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(
                new JwtTypeValidator("at+jwt", "application/at+jwt"),
                new JwtIssuerValidator(Objects.requireNonNull(settings.issuer())),
                new JwtAudienceValidator(settings.audience()),
                times);
    }

    private static URL url(URI address) {
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("cartlog.security.jwks-url is no URL", e);
        }
    }

    /// @throws AuthenticationException if it is not good, or cannot be checked now
    public Caller verify(String token) {
        Caller caller = known.find(token);
        return caller == null ? verifyAnew(token) : caller;
    }

    private Caller verifyAnew(String token) {
        Jwt jwt = decoded(token);
        Caller caller =
                new Caller(
                        Scope.in(text(jwt.getClaims().get("scope"))),
                        jwt.getClaimAsString("account"));
        Instant expiresAt = Objects.requireNonNull(jwt.getExpiresAt());
        if (clock.instant().isBefore(expiresAt)) {
            known.remember(token, caller, expiresAt);
        }
        return caller;
    }

    /// Of the one form that RFC 9068 knows; a list means nothing.
    private static String text(@Nullable Object scope) {
        return scope instanceof String text ? text : "";
    }

    private Jwt decoded(String token) {
        try {
            return decoder.decode(token);
        } catch (JwtValidationException e) {
            String reason = e.getErrors().iterator().next().getDescription();
            throw new InvalidBearerTokenException(String.valueOf(reason), e);
        } catch (BadJwtException e) {
            throw new InvalidBearerTokenException(
                    "not a token that was signed by an algorithm and key of the issuer", e);
        } catch (JwtException e) {
            throw new KeysUnavailableException(e);
        }
    }

    @Override
    public Authentication authenticate(Authentication request) {
        String token = ((BearerTokenAuthenticationToken) request).getToken();
        return new CallerAuthentication(verify(token));
    }
}
