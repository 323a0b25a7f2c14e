package io.cartlog.projection.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.schemas.value.AccountId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventIndexTest {
    private static final AccountId ALICE = new AccountId("1785");
    private static final AccountId LONGER = new AccountId("17850");

    @TempDir private Path folder;

    private static Pointer pointer(AccountId account, long version) {
        return new Pointer(account, version, 3, 1_000 + version, 1_767_323_045_678L + version);
    }

    private static List<Pointer> pointers(AccountId account, long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(v -> pointer(account, v)).toList();
    }

    @Test
    void an_account_has_its_own_versions_in_their_order() {
        try (EventIndex index = EventIndex.open(folder, "log")) {
            index.write(pointers(LONGER, 1, 3), Map.of());
            index.write(pointers(ALICE, 1, 300), Map.of());

            assertThat(index.latest(ALICE)).isEqualTo(300);
            assertThat(index.latest(LONGER)).isEqualTo(3);
            assertThat(index.latest(new AccountId("178"))).isZero();
            assertThat(index.find(ALICE, 256)).contains(pointer(ALICE, 256));
            assertThat(index.find(ALICE, 301)).isEmpty();
            assertThat(index.range(ALICE, 254, 258, 100)).isEqualTo(pointers(ALICE, 254, 258));
            assertThat(index.range(ALICE, 1, 300, 7)).isEqualTo(pointers(ALICE, 1, 7));
            assertThat(index.range(LONGER, 2, 99, 100)).isEqualTo(pointers(LONGER, 2, 3));
        }
    }

    @Test
    void numbers_of_any_size_come_back() {
        Pointer far = new Pointer(ALICE, 1, 999, Long.MAX_VALUE, 1L << 45);
        try (EventIndex index = EventIndex.open(folder, "log")) {
            index.write(List.of(far), Map.of(0, 0L, 7, 1L << 40));

            assertThat(index.find(ALICE, 1)).contains(far);
            assertThat(index.position(0)).hasValue(0);
            assertThat(index.position(7)).hasValue(1L << 40);
            assertThat(index.position(1)).isEmpty();
        }
    }

    @Test
    void what_was_written_is_there_after_a_restart() {
        try (EventIndex index = EventIndex.open(folder, "log")) {
            index.write(pointers(ALICE, 1, 5), Map.of(3, 1_006L));
        }
        try (EventIndex index = EventIndex.open(folder, "log")) {
            assertThat(index.latest(ALICE)).isEqualTo(5);
            assertThat(index.position(3)).hasValue(1_006);
        }
    }

    @Test
    void the_index_of_another_log_is_emptied() {
        try (EventIndex index = EventIndex.open(folder, "log")) {
            index.write(pointers(ALICE, 1, 5), Map.of(3, 1_006L));
        }
        try (EventIndex index = EventIndex.open(folder, "another log")) {
            assertThat(index.latest(ALICE)).isZero();
            assertThat(index.position(3)).isEmpty();
        }
    }

    @Test
    void a_folder_in_use_is_refused_and_a_closed_index_says_so() {
        EventIndex index = EventIndex.open(folder, "log");
        assertThatThrownBy(() -> EventIndex.open(folder, "log"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(folder.toString());
        index.close();

        assertThatThrownBy(() -> index.latest(ALICE))
                .isInstanceOf(HistoryUnavailableException.class);
    }
}
