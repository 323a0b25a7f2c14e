package io.cartlog.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class TokenVerifierTest {
    private final TestTokens tokens = new TestTokens();
    private final TokenVerifier verifier = verifier(tokens.jwksUrl());

    @AfterEach
    void stop() {
        tokens.close();
    }

    @Test
    void a_good_token_says_who_calls_and_for_what() {
        assertThat(verifier.verify(tokens.cart("17850")))
                .isEqualTo(new Caller(Set.of(Scope.CART), "17850"));
        assertThat(verifier.verify(tokens.staff()))
                .isEqualTo(new Caller(Set.of(Scope.STAFF), null));
        assertThat(verifier.verify(tokens.ops())).isEqualTo(new Caller(Set.of(Scope.OPS), null));
        assertThat(verifier.verify(tokens.signed(c -> c.claim("scope", "staff mail ops"))).scopes())
                .containsExactlyInAnyOrder(Scope.STAFF, Scope.OPS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "expired",
                "without expiry",
                "not yet valid",
                "wrong issuer",
                "wrong audience",
                "wrong typ",
                "alg none",
                "HS256 with the public key",
                "other key",
                "changed"
            })
    void a_spoilt_token_is_refused_each_time(String how) {
        String token = tokens.spoilt("17850").getOrDefault(how, "there is no such token");

        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidBearerTokenException.class);
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidBearerTokenException.class);
    }

    @Test
    void what_is_refused_is_tried_here_whole() {
        assertThat(tokens.spoilt("17850")).hasSize(11);
    }

    @Test
    void clocks_may_differ_a_little() {
        String token =
                tokens.signed(c -> c.expirationTime(Date.from(Instant.now().minusSeconds(3))));

        assertThat(verifier.verify(token).scopes()).isEmpty();
    }

    @Test
    void scopes_that_are_not_one_text_are_none() {
        assertThat(verifier.verify(tokens.signed(c -> c.claim("scope", Set.of("ops")))).scopes())
                .isEmpty();
    }

    @Test
    void the_keys_are_fetched_once_for_many_tokens() {
        for (int i = 0; i < 50; i++) {
            assertThat(verifier.verify(tokens.cart("account-" + i)).account())
                    .isEqualTo("account-" + i);
        }

        assertThat(tokens.fetches()).isEqualTo(1);
    }

    @Test
    void tokens_of_the_issuer_are_good_while_it_is_away() {
        assertThat(verifier.verify(tokens.staff()).has(Scope.STAFF)).isTrue();
        tokens.close();

        assertThat(verifier.verify(tokens.ops()).has(Scope.OPS)).isTrue();
    }

    @Test
    void without_ever_having_had_the_keys_nobody_can_say_whether_a_token_is_good() {
        tokens.close();

        assertThatThrownBy(() -> verifier.verify(tokens.ops()))
                .isInstanceOf(KeysUnavailableException.class);
    }

    @Test
    void who_logs_a_caller_logs_no_account() {
        assertThat(verifier.verify(tokens.cart("17850")).toString()).doesNotContain("17850");
    }

    private static TokenVerifier verifier(String jwksUrl) {
        return new TokenVerifier(
                new AccessSettings(
                        TestTokens.ISSUER, URI.create(jwksUrl), "cartlog", Duration.ofSeconds(10)),
                InstantSource.system());
    }
}
