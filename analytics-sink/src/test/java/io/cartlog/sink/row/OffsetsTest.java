package io.cartlog.sink.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OffsetsTest {
    private static final Offsets SOMEWHERE = Offsets.of(Map.of(0, 17L, 10, 4L, 2, 9L));

    @Test
    void offsets_are_written_in_the_order_of_partitions_and_read_back() {
        assertThat(SOMEWHERE).hasToString("{\"0\":17,\"2\":9,\"10\":4}");
        assertThat(Offsets.parse(SOMEWHERE.toString())).isEqualTo(SOMEWHERE);
        assertThat(Offsets.parse("{}")).isEqualTo(Offsets.START);
    }

    @Test
    void other_text_is_refused() {
        for (String text : List.of("", "{\"0\":-1}", "{\"0\":1", "{\"0\": 1}", "[17]")) {
            assertThatThrownBy(() -> Offsets.parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(text);
        }
    }

    @Test
    void a_partition_that_is_not_named_stands_at_its_start() {
        assertThat(SOMEWHERE.of(1)).isZero();
        assertThat(SOMEWHERE.in(Offsets.of(Map.of(1, 5L, 2, 5L))))
                .isEqualTo(Offsets.of(Map.of(1, 0L, 2, 9L)));
    }

    @Test
    void a_position_moves_in_the_named_partitions_only() {
        assertThat(SOMEWHERE.with(Offsets.of(Map.of(2, 11L))))
                .isEqualTo(Offsets.of(Map.of(0, 17L, 10, 4L, 2, 11L)));
    }

    @Test
    void the_lag_counts_what_is_not_yet_read() {
        Offsets end = Offsets.of(Map.of(0, 20L, 1, 5L));
        assertThat(SOMEWHERE.lagBehind(end)).isEqualTo(3 + 5);
        assertThat(SOMEWHERE.covers(end)).isFalse();
        assertThat(SOMEWHERE.covers(Offsets.of(Map.of(0, 17L)))).isTrue();
    }
}
