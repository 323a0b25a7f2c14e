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
    void it_is_quiet_until_something_is_decided_and_again_after_its_commit() {
        assertThat(pace.isQuiet()).isTrue();
        pace.decided();
        assertThat(pace.isQuiet()).isFalse();
        assertThat(pace.isDue()).isTrue();
        assertThat(pace.isQuiet()).isFalse();
        pace.committed();
        assertThat(pace.isQuiet()).isTrue();
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
    void commands_are_decided_for_twice_as_long_as_the_last_commit_took() {
        commitIn(40);
        pace.decided();

        millis += 79;
        assertThat(pace.isDue()).isFalse();
        millis += 1;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_thread_that_has_nothing_more_to_decide_waits_for_10_ms_only() {
        commitIn(40);
        pace.decided();
        pace.idle();

        millis += 9;
        assertThat(pace.isDue()).isFalse();
        millis += 1;
        pace.decided();
        assertThat(pace.isDue()).isFalse();
        pace.idle();
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
        commitIn(40);
        pace.decided();
        pace.sending();
        assertThat(pace.isDue()).isFalse();
        millis += 30;
        pace.sending();
        millis += 30;
        pace.committed();

        assertThat(pace.isOpen()).isFalse();
        pace.decided();
        millis += 119;
        assertThat(pace.isDue()).isFalse();
        millis += 1;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void a_commit_of_nothing_took_no_time() {
        pace.sending();
        millis += 60;
        pace.committed();
        pace.decided();

        assertThat(pace.isDue()).isFalse();
        millis += 10;
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void however_short_a_commit_was_the_next_is_not_asked_for_within_10_ms() {
        commitIn(1);
        pace.decided();

        millis += 9;
        assertThat(pace.isDue()).isFalse();
        millis += 1;
        assertThat(pace.isDue()).isTrue();
    }

    private void commitIn(long took) {
        pace.decided();
        assertThat(pace.isDue()).isTrue();
        millis += took;
        pace.committed();
    }
}
