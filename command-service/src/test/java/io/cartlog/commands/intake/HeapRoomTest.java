package io.cartlog.commands.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.commands.problem.ProblemCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapRoomTest {
    private double used;
    private double garbage;
    private int collections;
    private long now = Long.MAX_VALUE - 1;
    private final HeapRoom room = new HeapRoom(0.85, () -> used, this::collect, () -> now);

    private void collect() {
        collections++;
        used -= garbage;
        garbage = 0;
    }

    @Test
    void commands_are_taken_up_to_the_limit_and_nothing_is_collected_for_that() {
        used = 0.85;
        assertThatCode(room::check).doesNotThrowAnyException();
        assertThat(collections).isZero();
    }

    @Test
    void above_it_they_are_refused_with_a_time_to_try_again() {
        used = 0.86;
        assertThatThrownBy(room::check)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().code()).isEqualTo(ProblemCode.DECIDER_FULL);
                            assertThat(e.problem().status()).isEqualTo(503);
                            assertThat(e.problem().code().retryAfterSeconds()).isEqualTo(60);
                            assertThat(e.problem().detail()).contains("85 %");
                        });
    }

    @Test
    void it_is_looked_again_once_a_minute_and_what_is_forgotten_makes_room() {
        used = 0.9;
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(room::check).isInstanceOf(ProblemException.class);
        }
        assertThat(collections).isOne();
        garbage = 0.2;
        now += Duration.ofSeconds(59).toNanos();
        assertThatThrownBy(room::check).isInstanceOf(ProblemException.class);
        now += Duration.ofSeconds(1).toNanos();
        assertThatCode(room::check).doesNotThrowAnyException();
        assertThat(collections).isEqualTo(2);
    }

    @Test
    void the_heap_of_this_process_shows_what_lives_on_after_a_collection() {
        HeapRoom own = HeapRoom.ofThisProcess(1);
        System.gc();
        assertThat(own.filled()).isStrictlyBetween(0.0, 1.0);
        assertThatThrownBy(HeapRoom.ofThisProcess(own.filled() / 2)::check)
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
    void a_limit_that_is_none_is_refused(double limit) {
        assertThatThrownBy(() -> HeapRoom.ofThisProcess(limit))
                .hasMessageContaining("cartlog.limits.heap");
    }
}
