package io.cartlog.commands.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private long millis;
    private final CommitPace pace = new CommitPace(() -> TimeUnit.MILLISECONDS.toNanos(millis));

    @Test
    void without_a_command_there_is_nothing_to_commit() {
        assertThat(pace.isOpen()).isFalse();
        assertThat(pace.isDue()).isFalse();
    }

    @Test
    void the_first_command_is_committed_at_once() {
        pace.decided();

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void one_commit_is_asked_for_once() {
        pace.decided();
        assertThat(pace.isDue()).isTrue();
        pace.decided();

        assertThat(pace.isDue()).isFalse();
        assertThat(pace.isOpen()).isFalse();
    }

    @Test
    void commands_are_decided_for_as_long_as_the_last_commit_took() {
        commitIn(40);
        pace.decided();

        millis += 39;
        assertThat(pace.isDue()).isFalse();
        millis += 1;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_command_after_a_pause_is_committed_at_once() {
        commitIn(40);
        millis += 1_000;
        pace.decided();

        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_commit_that_nobody_asked_for_counts_too() {
        pace.decided();
        pace.committed();

        assertThat(pace.isOpen()).isFalse();
        pace.decided();
        assertThat(pace.isDue()).isTrue();
    }

    private void commitIn(long took) {
        pace.decided();
        assertThat(pace.isDue()).isTrue();
        millis += took;
        pace.committed();
    }
}
