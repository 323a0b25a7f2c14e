package io.cartlog.projection.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.projection.Histories;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who is held, and from where on, without any log or store.
class ParkingWriterTest {
    private static final int VERSION = 3;
    private static final int PARTITION = 2;
    private static final AccountId ALICE = new AccountId("17850");
    private static final AccountId BOB = new AccountId("17851");

    private final Register register = new Register();
    private final Parking parking = new Parking(register);
    private final Heads store = new Heads(parking);
    private final List<Parked> aside = new ArrayList<>();
    private ParkingWriter writer = new ParkingWriter(VERSION, store, parking);

    private ParkingWriter.Written write(Logged... records) throws InterruptedException {
        Map<AccountId, List<Logged>> byAccount = new LinkedHashMap<>();
        for (Logged record : records) {
            byAccount.computeIfAbsent(record.account(), _ -> new ArrayList<>()).add(record);
        }
        return writer.write(byAccount, aside::add);
    }

    private static Logged event(long offset, AccountId account, int version) {
        return new Logged.Event(
                new Place(PARTITION, offset),
                Histories.random(account.value(), 1, version).get(version - 1));
    }

    private static Logged garbage(long offset, AccountId account) {
        return new Logged.Unreadable(
                new Place(PARTITION, offset), account, Histories.START, "garbage");
    }

    private Parked parked(AccountId account) {
        return Objects.requireNonNull(parking.of(VERSION, account));
    }

    private void skip(Place at, long after) throws InterruptedException {
        parking.skip(new Skip(ALICE, at, Instant.EPOCH, "", after, "me", Instant.EPOCH, ""));
    }

    private Map<Integer, Long> resume(long position) throws InterruptedException {
        return writer.resume(Map.of(PARTITION, position));
    }

    @Test
    void what_comes_before_an_unreadable_record_is_written_and_what_comes_after_it_is_not()
            throws InterruptedException {
        ParkingWriter.Written written =
                write(
                        event(1, ALICE, 1),
                        garbage(2, ALICE),
                        event(3, ALICE, 2),
                        event(4, BOB, 1),
                        event(5, BOB, 2));

        assertThat(store.heads).containsExactlyInAnyOrderEntriesOf(Map.of(ALICE, 1L, BOB, 2L));
        assertThat(written.applied().get(ALICE)).hasSize(1);
        assertThat(parked(ALICE).at()).isEqualTo(new Place(PARTITION, 2));
        assertThat(aside).containsExactly(parked(ALICE));
        assertThat(register.parked()).containsExactly(parked(ALICE));
    }

    @Test
    void later_records_wait_and_a_replay_puts_nothing_aside_again() throws InterruptedException {
        write(event(1, ALICE, 1), garbage(2, ALICE));

        write(event(1, ALICE, 1), garbage(2, ALICE), event(3, ALICE, 2));
        ParkingWriter.Written later = write(event(4, ALICE, 3), garbage(5, ALICE));

        assertThat(store.heads).containsEntry(ALICE, 1L);
        assertThat(later.applied()).isEmpty();
        assertThat(aside).hasSize(1);
    }

    @Test
    void an_account_that_lacks_an_event_is_parked_at_the_first_that_comes_too_early()
            throws InterruptedException {
        ParkingWriter.Written written =
                write(event(1, ALICE, 1), event(2, ALICE, 3), event(3, ALICE, 4));

        assertThat(parked(ALICE).at()).isEqualTo(new Place(PARTITION, 2));
        assertThat(parked(ALICE).reason()).isEqualTo("version 2 is due, found 3");
        assertThat(written.applied().get(ALICE)).hasSize(1);
    }

    @Test
    void of_a_gap_and_garbage_after_it_the_gap_comes_first() throws InterruptedException {
        write(event(1, ALICE, 2), garbage(2, ALICE));

        assertThat(parked(ALICE).at()).isEqualTo(new Place(PARTITION, 1));
        assertThat(aside).hasSize(1);
    }

    @Test
    void a_version_may_be_missing_after_what_was_skipped() throws InterruptedException {
        skip(new Place(PARTITION, 2), 1);

        write(event(1, ALICE, 1), garbage(2, ALICE), event(3, ALICE, 3));

        assertThat(store.heads).containsEntry(ALICE, 3L);
        assertThat(parking.all()).isEmpty();
    }

    @Test
    void another_version_of_the_views_parks_for_itself() throws InterruptedException {
        write(event(1, ALICE, 2));

        assertThat(parking.of(VERSION + 1, ALICE)).isNull();
        assertThat(parking.all(VERSION)).hasSize(1);
    }

    @Test
    void an_account_that_is_applied_as_far_as_the_log_was_read_is_released_at_once()
            throws InterruptedException {
        write(garbage(1, ALICE));
        parking.replace(parked(ALICE), parked(ALICE).resumingAt(7));

        assertThat(resume(7)).isEmpty();

        assertThat(parking.all()).isEmpty();
        assertThat(register.parked()).isEmpty();
    }

    @Test
    void an_account_that_lies_behind_stays_marked_until_its_partition_was_read_again()
            throws InterruptedException {
        write(garbage(1, ALICE), event(2, ALICE, 1));
        skip(new Place(PARTITION, 1), 0);
        parking.replace(parked(ALICE), parked(ALICE).resumingAt(1));

        assertThat(resume(5)).containsExactly(Map.entry(PARTITION, 1L));
        assertThat(register.parked()).hasSize(1);
        write(garbage(1, ALICE), event(2, ALICE, 1));
        assertThat(resume(3)).isEmpty();
        assertThat(register.parked()).hasSize(1);
        write(event(3, ALICE, 2));
        assertThat(resume(5)).isEmpty();

        assertThat(store.heads).containsEntry(ALICE, 2L);
        assertThat(register.parked()).isEmpty();
    }

    @Test
    void a_writer_that_died_meanwhile_is_followed_by_one_that_does_the_same()
            throws InterruptedException {
        write(garbage(1, ALICE), event(2, ALICE, 1));
        skip(new Place(PARTITION, 1), 0);
        parking.replace(parked(ALICE), parked(ALICE).resumingAt(1));
        assertThat(resume(5)).isNotEmpty();

        writer = new ParkingWriter(VERSION, store, parking);

        assertThat(resume(5)).containsExactly(Map.entry(PARTITION, 1L));
        write(garbage(1, ALICE), event(2, ALICE, 1));
        assertThat(resume(5)).isEmpty();
        assertThat(store.heads).containsEntry(ALICE, 1L);
    }

    @Test
    void a_mark_is_held_until_its_own_reader_lets_it_go() throws InterruptedException {
        write(garbage(1, ALICE));
        skip(new Place(PARTITION, 1), 0);
        parking.replace(parked(ALICE), parked(ALICE).resumingAt(2));

        write(event(4, ALICE, 3));

        assertThat(store.heads).doesNotContainKey(ALICE);
        assertThat(aside).hasSize(1);
    }

    @Test
    void where_everything_is_unreadable_it_stops() throws InterruptedException {
        Logged[] all =
                IntStream.rangeClosed(0, Parking.MOST)
                        .mapToObj(i -> garbage(i, new AccountId("spoilt-" + i)))
                        .toArray(Logged[]::new);

        assertThatThrownBy(() -> write(all)).hasMessageContaining("1000 accounts are parked");

        assertThat(parking.all()).hasSize(Parking.MOST);
    }

    /// A store that remembers versions only.
    private static final class Heads implements ViewStore {
        final Map<AccountId, Long> heads = new HashMap<>();
        private final Parking parking;

        Heads(Parking parking) {
            this.parking = parking;
        }

        @Override
        public ViewStore.Written write(Map<AccountId, List<RecordedEvent>> events) {
            List<Gap> gaps = new ArrayList<>();
            events.forEach((account, list) -> list.forEach(e -> write(account, e, gaps)));
            return new ViewStore.Written(0, gaps);
        }

        private void write(AccountId account, RecordedEvent event, List<Gap> gaps) {
            long head = heads.getOrDefault(account, 0L);
            boolean stopped = gaps.stream().anyMatch(gap -> gap.account().equals(account));
            if (stopped || event.version() <= head) {
                return;
            }
            if (parking.skips().allow(account, head, event.version())) {
                heads.put(account, event.version());
            } else {
                gaps.add(new Gap(account, head + 1, event.version()));
            }
        }

        @Override
        public void forgetHeads() {}

        @Override
        public List<Position> positions() {
            return List.of();
        }

        @Override
        public void save(Position position) {}
    }

    private static final class Register implements ParkingRegister {
        private final Set<Parked> parked = new HashSet<>();
        private final List<Skip> skips = new ArrayList<>();

        @Override
        public Set<Parked> parked() {
            return Set.copyOf(parked);
        }

        @Override
        public List<Skip> skips() {
            return List.copyOf(skips);
        }

        @Override
        public void park(Parked account) {
            parked.removeIf(
                    p -> p.version() == account.version() && p.account().equals(account.account()));
            parked.add(account);
        }

        @Override
        public boolean replace(Parked before, Parked after) {
            return parked.remove(before) && parked.add(after);
        }

        @Override
        public boolean release(Parked account) {
            return parked.remove(account);
        }

        @Override
        public void skip(Skip skip) {
            skips.add(skip);
        }
    }
}
