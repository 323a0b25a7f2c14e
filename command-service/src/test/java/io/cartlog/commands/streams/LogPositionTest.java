package io.cartlog.commands.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.value.OrderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogPositionTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void an_order_id_is_26_characters_of_crockford_and_the_same_each_time() { // S0-02
        OrderId id = new LogPosition(NOW, 3, 12_345).orderId();
        assertThat(id).isEqualTo(new LogPosition(NOW, 3, 12_345).orderId());
        assertThat(id.value()).matches("O-[0-9A-HJKMNP-TV-Z]{26}");
        assertThat(id).hasToString("O-01KDYAK3SE001G000000R3J000");
    }

    @Test
    void a_million_order_ids_are_distinct_and_sort_by_time() { // S0-02
        Set<String> ids = HashSet.newHashSet(1_000_000);
        List<String> inTime = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            String id = new LogPosition(NOW.plusMillis(i / 16), i % 4, i / 4).orderId().value();
            ids.add(id);
            if (i % 16 == 0) {
                inTime.add(id);
            }
        }
        assertThat(ids).hasSize(1_000_000);
        assertThat(inTime).isSorted();
    }

    @Test
    void the_extremes_of_a_position_keep_ids_apart() {
        assertThat(new LogPosition(NOW, 0, (1L << 48) - 1).orderId())
                .isNotEqualTo(new LogPosition(NOW, 1, 0).orderId());
        assertThat(new LogPosition(NOW, 0, (1L << 48) - 1).eventId(0))
                .isNotEqualTo(new LogPosition(NOW, 1, 0).eventId(0));
    }

    @Test
    void an_event_id_is_a_uuid_of_version_7_with_the_log_time_in_front() {
        UUID id = new LogPosition(NOW, 16_383, 99).eventId(1);
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void events_of_different_positions_or_indexes_have_different_ids() {
        Set<UUID> ids = new HashSet<>();
        for (int partition = 0; partition < 40; partition++) {
            for (int offset = 0; offset < 500; offset++) {
                for (int index = 0; index < 3; index++) {
                    ids.add(new LogPosition(NOW, partition, offset).eventId(index));
                }
            }
        }
        assertThat(ids).hasSize(40 * 500 * 3);
    }
}
