package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final Handover handover = new Handover();

    @BeforeEach
    void begin() {
        handover.begin(2, Set.of());
        handover.owns(Set.of(0, 1, 2));
    }

    @Test
    void a_partition_is_to_be_filled_until_it_is_offered() {
        handover.offer(2, 1, 77);

        assertThat(handover.toFill(2)).containsExactly(0, 2);
        assertThat(handover.take()).isEqualTo(Map.of(1, 77L));
        assertThat(handover.take()).isEmpty();
        assertThat(handover.toFill(2)).containsExactly(0, 2);
    }

    @Test
    void what_is_read_elsewhere_now_is_neither_filled_nor_offered() {
        handover.offer(2, 1, 77);
        handover.disowns(Set.of(0, 1));
        handover.offer(2, 0, 5);

        assertThat(handover.take()).isEmpty();
        assertThat(handover.toFill(2)).containsExactly(2);
    }

    @Test
    void a_partition_that_comes_back_is_to_be_filled_again() {
        handover.offer(2, 1, 77);
        handover.take();
        handover.disowns(Set.of(1));
        handover.owns(Set.of(1));

        assertThat(handover.toFill(2)).containsExactly(0, 1, 2);
    }

    @Test
    void another_version_begins_anew_and_the_former_one_is_filled_no_more() {
        handover.offer(2, 1, 77);
        handover.begin(3, Set.of(2));
        handover.offer(2, 0, 99);

        assertThat(handover.toFill(2)).isEmpty();
        assertThat(handover.toFill(3)).containsExactly(0, 1);
        assertThat(handover.take()).isEmpty();
    }

    @Test
    void without_another_version_nothing_is_to_be_filled() {
        handover.begin(0, Set.of());

        assertThat(handover.toFill(0)).isEmpty();
    }

    @Test
    void what_has_failed_is_left_alone() {
        handover.failed(1, "of another version");
        assertThat(handover.failure(2)).isNull();

        handover.failed(2, "the table is gone");

        assertThat(handover.failure(2)).isEqualTo("the table is gone");
        assertThat(handover.failure(1)).isNull();
        assertThat(handover.toFill(2)).isEmpty();
    }
}
