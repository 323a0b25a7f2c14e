package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.view.ViewState.Order;
import io.cartlog.projection.view.ViewState.Previous;
import io.cartlog.projection.view.ViewState.Promotion;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ViewStateTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Order ORDER = new Order(Promotion.AUTO, 5L, 100);

    @Test
    void a_new_version_stands_beside_the_live_one_until_it_is_promoted() {
        ViewState building = ViewState.first().begun(ORDER, NOW);
        assertThat(building.live()).isEqualTo(1);
        assertThat(building.beside()).hasValue(2);

        ViewState promoted = building.promoted(NOW);

        assertThat(promoted.live()).isEqualTo(2);
        assertThat(promoted.previous()).isEqualTo(new Previous(1, NOW));
        assertThat(promoted.candidate()).isNull();
        assertThat(promoted.epoch()).isGreaterThan(building.epoch());
    }

    @Test
    void a_rollback_swaps_the_two_and_another_one_swaps_them_back() {
        ViewState promoted = ViewState.first().begun(ORDER, NOW).promoted(NOW);

        ViewState back = promoted.rolledBack(NOW);

        assertThat(back.live()).isEqualTo(1);
        assertThat(back.beside()).hasValue(2);
        assertThat(back.rolledBack(NOW).live()).isEqualTo(2);
    }

    @Test
    void a_second_rebuild_is_refused_while_one_is_on_its_way() {
        ViewState building = ViewState.first().begun(ORDER, NOW);

        assertThatThrownBy(() -> building.begun(ORDER, NOW))
                .isInstanceOfSatisfying(
                        ViewRefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(new ViewRefusal.RebuildRunning(2)));
    }

    @Test
    void a_rebuild_retires_the_previous_version_and_no_number_is_used_twice() {
        ViewState third =
                ViewState.first().begun(ORDER, NOW).promoted(NOW).begun(ORDER, NOW).dropped(NOW);

        assertThat(third.retired()).isEqualTo(Map.of(1, NOW, 3, NOW));
        assertThat(third.begun(ORDER, NOW).beside()).hasValue(4);
        assertThat(third.deleted(1).retired()).isEqualTo(Map.of(3, NOW));
        assertThat(third.live()).isEqualTo(2);
    }

    @Test
    void without_another_version_there_is_nothing_to_do() {
        ViewState alone = ViewState.first();

        assertThatThrownBy(() -> alone.promoted(NOW)).isInstanceOf(ViewRefusedException.class);
        assertThatThrownBy(() -> alone.rolledBack(NOW)).isInstanceOf(ViewRefusedException.class);
        assertThatThrownBy(() -> alone.dropped(NOW)).isInstanceOf(ViewRefusedException.class);
        assertThatThrownBy(() -> alone.held("why")).isInstanceOf(ViewRefusedException.class);
    }

    @Test
    void a_version_that_is_held_waits_for_somebody_and_stays_level() {
        ViewState building = ViewState.first().begun(ORDER, NOW);

        ViewState held = building.held("too many changes");

        assertThat(held.epoch()).isEqualTo(building.epoch());
        assertThat(held.revision()).isGreaterThan(building.revision());
        assertThat(held.candidate())
                .isEqualTo(
                        new ViewState.Candidate(
                                2, NOW, new Order(Promotion.MANUAL, 5L, 100), "too many changes"));
    }
}
