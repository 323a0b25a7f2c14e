package io.cartlog.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.service.Service.AwayException;
import io.cartlog.cli.service.TokenSource.Token;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpsTokensTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int fetched;
    private boolean away;
    private final OpsTokens tokens = new OpsTokens(this::fetch, () -> now);

    @Test
    void a_token_is_used_for_most_of_its_life() {
        assertThat(tokens.get()).isEqualTo("token 1");
        now = now.plus(Duration.ofMinutes(6));

        assertThat(tokens.get()).isEqualTo("token 1");
    }

    @Test
    void a_long_command_gets_the_next_before_the_last_expires() {
        assertThat(tokens.get()).isEqualTo("token 1");
        now = now.plus(Duration.ofMinutes(7));

        assertThat(tokens.get()).isEqualTo("token 2");
        assertThat(tokens.get()).isEqualTo("token 2");
    }

    @Test
    void while_the_server_is_away_the_last_one_goes_on() {
        assertThat(tokens.get()).isEqualTo("token 1");
        away = true;
        now = now.plus(Duration.ofMinutes(9));
        assertThat(tokens.get()).isEqualTo("token 1");
        now = now.plus(Duration.ofMinutes(1));

        assertThatThrownBy(tokens::get).isInstanceOf(AwayException.class);
        away = false;
        assertThat(tokens.get()).isEqualTo("token 2");
    }

    @Test
    void a_token_is_not_printed_by_accident() {
        assertThat(fetch().toString()).doesNotContain("token 1");
    }

    private Token fetch() {
        if (away) {
            throw new AwayException("away", null);
        }
        fetched++;
        return new Token("token " + fetched, now, now.plus(LIFETIME));
    }
}
