package io.cartlog.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private final ECKey first = key("first");
    private final ECKey second = key("second");
    private @Nullable JWKSet published = new JWKSet(first.toPublicJWK());
    private int fetches;
    private long now = 1_000;
    private final IssuerKeys keys = new IssuerKeys(url(), this::fetch, () -> now);

    @Test
    void a_new_key_is_found_when_a_token_first_names_it() throws Exception {
        assertThat(keys.get(named("first"), null)).hasSize(1);
        published = new JWKSet(second.toPublicJWK());
        pass(IssuerKeys.AT_MOST_EVERY);

        assertThat(keys.get(named("second"), null)).hasSize(1);
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void tokens_with_keys_that_nobody_has_do_not_make_us_ask_without_end() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            assertThat(keys.get(named("made-up-" + i), null)).isEmpty();
        }

        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void a_key_that_was_withdrawn_is_no_longer_good_after_five_minutes() throws Exception {
        assertThat(keys.get(named("first"), null)).hasSize(1);
        published = new JWKSet(second.toPublicJWK());
        pass(IssuerKeys.OLD_AFTER.plusSeconds(1));

        assertThat(keys.get(named("first"), null)).isEmpty();
    }

    @Test
    void keys_are_kept_while_the_issuer_is_away() throws Exception {
        assertThat(keys.get(named("first"), null)).hasSize(1);
        published = null;
        pass(Duration.ofDays(1));

        assertThat(keys.get(named("first"), null)).hasSize(1);
        assertThat(keys.get(named("unknown"), null)).isEmpty();
    }

    @Test
    void an_issuer_that_was_away_at_first_is_asked_again() throws Exception {
        published = null;
        assertThatThrownBy(() -> keys.get(named("first"), null))
                .isInstanceOf(KeySourceException.class);
        assertThatThrownBy(() -> keys.get(named("first"), null))
                .isInstanceOf(KeySourceException.class);
        assertThat(fetches).isEqualTo(1);
        published = new JWKSet(first.toPublicJWK());
        pass(IssuerKeys.AT_MOST_EVERY);

        assertThat(keys.get(named("first"), null)).hasSize(1);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Resource fetch(URL asked) throws IOException {
        fetches++;
        JWKSet answer = published;
        if (answer == null) {
            throw new IOException("away");
        }
        return new Resource(answer.toString(), "application/json");
    }

    private static JWKSelector named(String id) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL url() {
        try {
            return URI.create("http://issuer.test/jwks").toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
