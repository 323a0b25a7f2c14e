package io.cartlog.projection.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.view.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SavedPositionsTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMinutes(1);

    private static List<Position> at(long offset) {
        return List.of(new Position("log", 3, offset));
    }

    @Test
    void they_are_what_the_table_says() throws InterruptedException {
        AtomicInteger offset = new AtomicInteger(7);
        SavedPositions saved = new SavedPositions(_ -> at(offset.get()), LONG);

        assertThat(saved.of(1)).isEqualTo(Map.of(3, 7L));
        offset.set(9);
        assertThat(saved.of(1)).isEqualTo(Map.of(3, 9L));
    }

    // S1-03
    @Test
    void a_store_that_is_away_is_asked_once_and_what_it_said_before_is_told() throws Exception {
        CountDownLatch back = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        SavedPositions saved =
                new SavedPositions(
                        _ -> {
                            if (asked.incrementAndGet() > 1) {
                                back.await();
                                return at(8);
                            }
                            return at(7);
                        },
                        SHORT);
        awaitOffset(saved, 7);

        for (int i = 0; i < 3; i++) {
            assertThat(saved.of(1)).isEqualTo(Map.of(3, 7L));
        }
        assertThat(asked).hasValue(2);
        assertThat(saved.of(2)).as("of a version that nobody has seen").isEmpty();

        back.countDown();
        awaitOffset(saved, 8);
    }

    /// An answer may take longer than it is waited for.
    private static void awaitOffset(SavedPositions saved, long offset) throws Exception {
        while (!saved.of(1).equals(Map.of(3, offset))) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    @Test
    void a_table_that_refuses_is_an_error() {
        SavedPositions saved =
                new SavedPositions(
                        _ -> {
                            throw new IllegalArgumentException("no such table");
                        },
                        LONG);

        assertThatThrownBy(() -> saved.of(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such table");
    }
}
