package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AccountRatesTest {
    private static final AccountId ALICE = new AccountId("alice");
    private static final AccountId BOB = new AccountId("bob");

    private final AtomicLong now = new AtomicLong();
    private final AccountRates rates = new AccountRates(new RateSettings(10, 3), now::get);

    @Test
    void an_account_may_send_a_burst_and_then_has_to_wait() {
        take(ALICE, 3);
        assertThatThrownBy(() -> rates.take(ALICE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().code()).isEqualTo(ProblemCode.TOO_MANY_REQUESTS);
                            assertThat(e.problem().numbers())
                                    .containsEntry("perSecond", 10)
                                    .containsEntry("burst", 3);
                        });
        assertThatCode(() -> rates.take(BOB)).doesNotThrowAnyException();
    }

    @Test
    void after_a_second_as_many_more_are_free_but_no_more_than_a_burst() {
        take(ALICE, 3);
        later(Duration.ofMillis(100));
        take(ALICE, 1);
        assertThatThrownBy(() -> rates.take(ALICE)).isInstanceOf(ProblemException.class);
        later(Duration.ofSeconds(100));
        take(ALICE, 3);
        assertThatThrownBy(() -> rates.take(ALICE)).isInstanceOf(ProblemException.class);
    }

    @Test
    void who_is_turned_away_does_not_wait_longer_for_having_asked() {
        take(ALICE, 3);
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> rates.take(ALICE)).isInstanceOf(ProblemException.class);
        }
        later(Duration.ofMillis(100));
        take(ALICE, 1);
    }

    @Test
    void nothing_is_kept_of_accounts_that_are_quiet() {
        for (int i = 0; i < 1_000; i++) {
            rates.take(new AccountId("a" + i));
        }
        later(Duration.ofSeconds(11));
        rates.take(BOB);
        assertThat(rates.size()).isEqualTo(1);
    }

    private void take(AccountId account, int times) {
        for (int i = 0; i < times; i++) {
            rates.take(account);
        }
    }

    private void later(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
