package io.cartlog.service.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenTransactionsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final TopicPartition ONE = new TopicPartition("cart.events", 1);
    private static final TopicPartition TWO = new TopicPartition("cart.events", 2);

    private final OpenTransactions open = new OpenTransactions();

    @Test
    void a_log_that_is_committed_to_its_end_has_none() {
        assertThat(look(7, 7, 0)).isNull();
    }

    @Test
    void one_counts_from_when_it_was_seen_first_whatever_comes_behind_it() {
        assertThat(look(7, 9, 0)).isEqualTo(NOON);
        assertThat(look(7, 20, 30)).isEqualTo(NOON);
    }

    @Test
    void the_next_one_counts_anew() {
        look(7, 9, 0);
        assertThat(look(10, 12, 30)).isEqualTo(NOON.plusSeconds(30));
        assertThat(look(12, 12, 31)).isNull();
        assertThat(look(12, 13, 40)).isEqualTo(NOON.plusSeconds(40));
    }

    @Test
    void the_oldest_of_all_partitions_is_told() {
        open.longest(Map.of(ONE, 5L, TWO, 5L), Map.of(ONE, 6L, TWO, 5L), NOON);
        assertThat(
                        open.longest(
                                Map.of(ONE, 5L, TWO, 5L),
                                Map.of(ONE, 6L, TWO, 8L),
                                NOON.plusSeconds(20)))
                .isEqualTo(NOON);
    }

    private @Nullable Instant look(long stable, long end, int second) {
        return open.longest(Map.of(ONE, stable), Map.of(ONE, end), NOON.plusSeconds(second));
    }
}
