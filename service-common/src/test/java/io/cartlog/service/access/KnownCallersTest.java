package io.cartlog.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownCallersTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;
    private final KnownCallers known = new KnownCallers(100, () -> now);

    @Test
    void a_caller_is_known_until_his_token_expires() {
        known.remember("token", caller("a"), START.plusSeconds(60));
        now = START.plusSeconds(59);
        assertThat(known.find("token")).isEqualTo(caller("a"));
        now = START.plusSeconds(60);

        assertThat(known.find("token")).isNull();
    }

    @Test
    void another_token_is_another_caller() {
        known.remember("token", caller("a"), START.plusSeconds(60));

        assertThat(known.find("token ")).isNull();
        assertThat(known.find("toke")).isNull();
    }

    @Test
    void however_many_come_no_more_are_kept_than_there_may_be() {
        for (int i = 0; i < 10_000; i++) {
            known.remember("token " + i, caller("a"), START.plusSeconds(60));
            assertThat(known.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void who_calls_all_the_time_is_not_forgotten() {
        known.remember("busy", caller("busy"), START.plusSeconds(60));
        for (int i = 0; i < 10_000; i++) {
            known.remember("token " + i, caller("a"), START.plusSeconds(60));
            assertThat(known.find("busy")).isNotNull();
        }
    }

    private static Caller caller(String account) {
        return new Caller(Set.of(Scope.CART), account);
    }
}
