package io.cartlog.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineGaugeTest {
    private final List<String> lines = new ArrayList<>();
    private long now;

    @Test
    void a_line_every_interval_with_rate_and_estimate_and_one_at_the_end() {
        try (LineGauge gauge =
                new LineGauge(
                        "load", "rows", 1_000, Duration.ofSeconds(3), lines::add, () -> now)) {
            at(gauge, 1, 100);
            at(gauge, 3, 250);
            at(gauge, 4, 300);
            at(gauge, 10, 1_000);
        }

        assertThat(lines)
                .containsExactly(
                        "load: 250 of 1,000 rows, 83/s, 3 s, about 9 s to go",
                        "load: 1,000 of 1,000 rows, 100/s, 10 s",
                        "load: 1,000 of 1,000 rows, 100/s, 10 s");
    }

    private void at(LineGauge gauge, int second, long done) {
        now = Duration.ofSeconds(second).toNanos();
        gauge.at(done);
    }
}
