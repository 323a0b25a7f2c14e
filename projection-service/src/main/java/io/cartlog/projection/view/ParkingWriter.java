package io.cartlog.projection.view;

import io.cartlog.projection.view.ViewStore.Gap;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes records into a version of the views, and parks the accounts whose next record cannot be
/// applied: what came before it is written, what comes after it waits. Used by one thread, which
/// reads the log from wherever the version is.
///
/// An account that may go on again does so from an offset that lies behind: the partition is read
/// again from there, which does the others no harm, and the account is held no more. Its mark stays
/// until that is done, so that after a crash the same happens again.
public final class ParkingWriter {
    private final int version;
    private final ViewStore store;
    private final Parking parking;

    /// Accounts that are held no more although they are marked, and until where their partition is
    /// read again.
    private final Map<AccountId, Place> resuming = new HashMap<>();

    public ParkingWriter(int version, ViewStore store, Parking parking) {
        this.version = version;
        this.store = store;
        this.parking = parking;
    }

    /// Told of every account before it is parked.
    public interface Aside {
        void put(Parked parked) throws InterruptedException;
    }

    /// @param items written, heads not counted
    /// @param applied events that the views have now, or had before
    public record Written(long items, Map<AccountId, List<RecordedEvent>> applied) {}

    /// @param records of each account, in order
    /// @throws IllegalStateException if more accounts had to be parked than it is good to park
    public Written write(Map<AccountId, List<Logged>> records, Aside aside)
            throws InterruptedException {
        Map<AccountId, List<RecordedEvent>> events = LinkedHashMap.newLinkedHashMap(records.size());
        Map<AccountId, Parked> stuck = new LinkedHashMap<>();
        records.forEach((account, list) -> sort(account, list, events, stuck));
        ViewStore.Written written = store.write(events);
        for (Gap gap : written.gaps()) {
            stuck.put(gap.account(), parked(gap, records.getOrDefault(gap.account(), List.of())));
            events.computeIfPresent(gap.account(), (_, all) -> before(gap, all));
        }
        for (Parked account : stuck.values()) {
            aside.put(account);
            parking.park(account);
            resuming.remove(account.account());
        }
        return new Written(written.items(), events);
    }

    private void sort(
            AccountId account,
            List<Logged> records,
            Map<AccountId, List<RecordedEvent>> events,
            Map<AccountId, Parked> stuck) {
        Parked held = resuming.containsKey(account) ? null : parking.of(version, account);
        long from = held == null ? Long.MAX_VALUE : held.at().offset();
        List<RecordedEvent> due = new ArrayList<>(records.size());
        Parked stop = run(records, from, due);
        if (!due.isEmpty()) {
            events.put(account, due);
        }
        if (stop != null) {
            stuck.put(account, stop);
        }
    }

    /// @param from offset from which on records wait
    /// @return where the run ends too early; null if it does not
    private @Nullable Parked run(List<Logged> records, long from, List<RecordedEvent> due) {
        for (Logged record : records) {
            if (record.at().offset() >= from) {
                return null;
            }
            switch (record) {
                case Logged.Event event -> due.add(event.event());
                case Logged.Unreadable unreadable -> {
                    if (!parking.skips().has(unreadable.at())) {
                        return Parked.at(version, unreadable);
                    }
                }
            }
        }
        return null;
    }

    private Parked parked(Gap gap, List<Logged> records) {
        for (Logged record : records) {
            if (record instanceof Logged.Event event && event.event().version() == gap.found()) {
                return new Parked(
                        version,
                        gap.account(),
                        event.at(),
                        event.event().recordedAt(),
                        "version %d is due, found %d".formatted(gap.expected(), gap.found()),
                        null);
            }
        }
        throw new IllegalStateException("no record has the version of " + gap);
    }

    private static @Nullable List<RecordedEvent> before(Gap gap, List<RecordedEvent> events) {
        List<RecordedEvent> before =
                events.stream().takeWhile(event -> event.version() != gap.found()).toList();
        return before.isEmpty() ? null : before;
    }

    /// Lets go on what may.
    ///
    /// @param positions offset of the next record, for each partition that is read here; everything
    ///   before it is written
    /// @return from where partitions are to be read again
    public Map<Integer, Long> resume(Map<Integer, Long> positions) throws InterruptedException {
        Map<Integer, Long> back = new HashMap<>();
        for (Parked account : parking.all(version)) {
            Long position = positions.get(account.at().partition());
            Long from = account.resumeAt();
            if (position == null || from == null) {
                continue;
            }
            Place until = resuming.get(account.account());
            if (until == null && from < position) {
                resuming.put(account.account(), new Place(account.at().partition(), position));
                back.merge(account.at().partition(), from, Math::min);
            } else if (until == null || position >= until.offset()) {
                parking.release(account);
                resuming.remove(account.account());
            }
        }
        return back;
    }

    /// Holds the account no more, whatever its mark says.
    public void goOn(Parked account) {
        resuming.put(account.account(), account.at());
    }

    /// Others read these now.
    public void revoked(Collection<Integer> partitions) {
        resuming.values().removeIf(until -> partitions.contains(until.partition()));
        store.forgetHeads();
    }

    public ViewStore store() {
        return store;
    }
}
