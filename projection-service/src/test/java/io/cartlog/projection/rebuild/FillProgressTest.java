package io.cartlog.projection.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FillProgressTest {
    private final FillProgress progress = new FillProgress();

    @Test
    void the_slowest_partition_says_how_long_it_takes() {
        progress.begins(0, 100);
        progress.begins(1, 100);
        progress.at(0, 1_100);
        progress.at(1, 200);
        progress.wrote(1_100, 500, 600);

        double slow = progress.secondsLeft(Map.of(0, 1_000L, 1, 1_000_000L)).orElseThrow();
        double quick = progress.secondsLeft(Map.of(0, 1_000_000L, 1, 0L)).orElseThrow();

        assertThat(slow).isGreaterThanOrEqualTo(quick);
        assertThat(progress.secondsLeft(Map.of(0, 0L, 1, 0L))).hasValue(0);
    }

    @Test
    void nothing_is_said_of_a_partition_that_has_not_moved() {
        progress.begins(0, 100);
        progress.at(0, 1_100);
        progress.wrote(1_000, 500, 600);

        assertThat(progress.secondsLeft(Map.of(0, 10L, 1, 10L))).isEmpty();
    }
}
