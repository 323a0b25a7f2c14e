package io.cartlog.projection.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.TestStack;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewState.Order;
import io.cartlog.projection.view.ViewState.Promotion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The pointer and what guards it, on DynamoDB Local.
class ControlTableIT {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private final String view = "View-" + UUID.randomUUID();
    private final ControlTable control = control(view);

    private static ControlTable control(String view) {
        return new ControlTable(
                TestStack.dynamoDb(),
                "CartlogViews",
                view,
                new Patience(new SimpleMeterRegistry()));
    }

    @BeforeEach
    void begin() throws InterruptedException {
        assertThat(control.bootstrap()).isEqualTo(ViewState.first());
    }

    @Test
    void every_state_is_read_back_as_it_was_written() throws InterruptedException {
        ViewState first = control.load();
        ViewState second = first.begun(new Order(Promotion.AUTO, null, 0), NOW);
        ViewState third = second.promoted(NOW);
        ViewState fourth = third.begun(new Order(Promotion.AUTO, 7L, 250), NOW);
        ViewState fifth = fourth.held("because");

        for (ViewState[] step :
                new ViewState[][] {
                    {first, second}, {second, third}, {third, fourth}, {fourth, fifth}
                }) {
            assertThat(control.replace(step[0], step[1], Set.of())).isTrue();
            assertThat(control.load()).isEqualTo(step[1]);
        }
        assertThat(control(view).bootstrap()).isEqualTo(fifth);
    }

    @Test
    void of_two_who_change_it_at_once_one_is_too_late() throws InterruptedException {
        ViewState before = control.load();
        ViewState mine = before.begun(new Order(Promotion.AUTO, null, 0), NOW);
        ViewState theirs = before.begun(new Order(Promotion.MANUAL, null, 0), NOW);

        assertThat(control.replace(before, mine, Set.of())).isTrue();
        assertThat(control.replace(before, theirs, Set.of())).isFalse();
        assertThat(control.load()).isEqualTo(mine);
    }

    @Test
    void an_answer_that_was_lost_is_no_refusal() throws InterruptedException {
        ViewState before = control.load();
        ViewState after = before.begun(new Order(Promotion.AUTO, null, 0), NOW);
        control.replace(before, after, Set.of());

        assertThat(control.replace(before, after, Set.of())).isTrue();
    }

    @Test
    void it_is_changed_only_if_all_partitions_are_level_in_this_epoch()
            throws InterruptedException {
        ViewState first = control.load();
        ViewState building = first.begun(new Order(Promotion.AUTO, null, 0), NOW);
        control.replace(first, building, Set.of());
        ViewState promoted = building.promoted(NOW);

        control.markLevel(0, building.epoch());
        control.markLevel(1, first.epoch());
        assertThat(control.level(building.epoch())).containsExactly(0);
        assertThat(control.replace(building, promoted, Set.of(0, 1))).isFalse();

        control.markLevel(1, building.epoch());
        control.unmark(Set.of(0));
        assertThat(control.replace(building, promoted, Set.of(0, 1))).isFalse();

        control.markLevel(0, building.epoch());
        assertThat(control.replace(building, promoted, Set.of(0, 1))).isTrue();
        assertThat(control.level(promoted.epoch())).isEmpty();
    }
}
