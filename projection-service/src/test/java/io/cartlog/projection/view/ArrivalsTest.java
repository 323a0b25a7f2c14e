package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.view.Arrivals.Expected;
import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    private static final AccountId ALICE = new AccountId("17850");
    private static final AccountId BOB = new AccountId("13047");
    private final Arrivals arrivals = new Arrivals();

    @ParameterizedTest
    @ValueSource(longs = {3, 4, 100})
    void who_waits_is_woken_by_the_version_or_a_later_one(long version) throws Exception {
        try (Expected expected = arrivals.expect(ALICE, 3)) {
            arrivals.arrived(ALICE, version);

            assertThat(expected.await(Duration.ZERO)).isTrue();
        }
    }

    @Test
    void nobody_is_woken_by_an_earlier_version_or_another_account() throws Exception {
        try (Expected expected = arrivals.expect(ALICE, 3)) {
            arrivals.arrived(ALICE, 2);
            arrivals.arrived(BOB, 3);

            assertThat(expected.await(Duration.ofMillis(1))).isFalse();
        }
    }

    @Test
    void all_who_wait_are_woken_and_nobody_is_remembered() throws Exception {
        try (Expected first = arrivals.expect(ALICE, 1);
                Expected second = arrivals.expect(ALICE, 2)) {
            assertThat(arrivals.awaited()).containsExactly(ALICE);
            arrivals.arrived(ALICE, 2);

            assertThat(first.await(Duration.ZERO)).isTrue();
            assertThat(second.await(Duration.ZERO)).isTrue();
        }
        assertThat(arrivals.awaited()).isEmpty();
    }
}
