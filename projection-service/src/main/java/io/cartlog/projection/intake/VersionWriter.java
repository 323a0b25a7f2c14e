package io.cartlog.projection.intake;

import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.Logged;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ParkingWriter;
import io.cartlog.projection.view.ParkingWriter.Aside;
import io.cartlog.projection.view.ParkingWriter.Written;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewRegister;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.schemas.value.AccountId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what was read into the live version and, of those partitions that it was given, into the
/// version beside it.
///
/// The version beside is always written first. So it shows as much as the live one at every moment,
/// and when the two change roles, no reader is taken back. If it cannot be written, it is left
/// behind, and the live one goes on. Used by one thread.
final class VersionWriter {
    private static final Logger LOG = LoggerFactory.getLogger(VersionWriter.class);

    private final ViewVersions versions;
    private final ViewTables tables;
    private final ViewRegister register;
    private final Handover handover;
    private final Parking parking;

    /// Partitions that are written to both, and where the live version was when that began.
    private final Map<Integer, Long> both = new HashMap<>();

    /// Those of them of which the other one has come as far.
    private final Set<Integer> level = new TreeSet<>();

    /// Up to where the version beside has what it was given.
    private final Map<Integer, Long> reached = new HashMap<>();

    private final Map<Integer, Long> saved = new HashMap<>();
    private ViewState state;
    private ParkingWriter live;
    private @Nullable ParkingWriter beside;

    VersionWriter(
            ViewVersions versions,
            ViewTables tables,
            ViewRegister register,
            Handover handover,
            Parking parking) {
        this.versions = versions;
        this.tables = tables;
        this.register = register;
        this.handover = handover;
        this.parking = parking;
        this.state = versions.seen();
        this.live = live(state.live());
        begin();
    }

    private ParkingWriter live(int version) {
        return new ParkingWriter(version, tables.live(version), parking);
    }

    /// Follows changes that others have made since.
    void follow() throws InterruptedException {
        ViewState now = versions.seen();
        if (now.epoch() != state.epoch()) {
            change(now);
        }
        if (beside != null && handover.failure(besideVersion()) != null) {
            leave();
        }
    }

    private void change(ViewState now) throws InterruptedException {
        boolean swapped = now.live() == besideVersion() && now.beside().orElse(0) == state.live();
        boolean kept = now.live() == state.live() && now.beside().equals(state.beside());
        if (!swapped && !kept) {
            both.clear();
            level.clear();
            reached.clear();
        }
        saved.clear();
        if (now.live() != state.live()) {
            live = live(now.live());
        }
        state = now;
        begin();
        for (int partition : level) {
            register.markLevel(partition, state.epoch());
        }
        LOG.atInfo()
                .addKeyValue("live", state.live())
                .addKeyValue("beside", besideVersion())
                .log("the versions of the views have changed");
    }

    private void begin() {
        int version = besideVersion();
        beside =
                state.beside().isPresent()
                        ? new ParkingWriter(version, tables.beside(version), parking)
                        : null;
        handover.begin(besideVersion(), both.keySet());
    }

    private int besideVersion() {
        return state.beside().orElse(0);
    }

    /// These are read by this process from now on. Whatever was said of them before counts no more,
    /// and only then it is looked up who is live: so no promotion goes by what was said.
    ///
    /// @return positions of the live version
    List<Position> assigned(Set<Integer> partitions) throws InterruptedException {
        live.revoked(partitions);
        register.unmark(partitions);
        versions.look();
        parking.look();
        follow();
        handover.owns(partitions);
        return live.store().positions();
    }

    void revoked(Collection<Integer> partitions) {
        handover.disowns(partitions);
        both.keySet().removeAll(partitions);
        level.removeAll(partitions);
        reached.keySet().removeAll(partitions);
        saved.keySet().removeAll(partitions);
        live.revoked(partitions);
        if (beside != null) {
            beside.revoked(partitions);
        }
    }

    /// Takes over partitions that were filled nearly to the end.
    ///
    /// @param positions of the live version
    /// @return where to go on reading, for those partitions that have to be read again from there
    Map<Integer, Long> takeOver(Map<Integer, Long> positions) {
        Map<Integer, Long> back = new HashMap<>();
        handover.take()
                .forEach((partition, filled) -> {
                    Long position = positions.get(partition);
                    if (position != null) {
                        both.put(partition, position);
                        reached.put(partition, Math.min(filled, position));
                        if (filled < position) {
                            back.put(partition, filled);
                        }
                    }
                });
        return back;
    }

    /// Accounts that were parked and may go on.
    ///
    /// @param positions where the partitions are read that this process reads
    /// @return where to go on reading, for those partitions that have to be read again from there
    Map<Integer, Long> resume(Map<Integer, Long> positions) throws InterruptedException {
        Map<Integer, Long> back = new HashMap<>(live.resume(positions));
        if (beside != null) {
            Map<Integer, Long> its = new HashMap<>(positions);
            its.keySet().retainAll(both.keySet());
            beside.resume(its).forEach((partition, from) -> back.merge(partition, from, Math::min));
        }
        return back;
    }

    /// @param aside told of accounts before they are parked in the live version
    /// @return what was written into the live version
    Written write(Batch batch, Aside aside) throws InterruptedException {
        if (beside != null && !both.isEmpty()) {
            writeBeside(beside, batch.records(both.keySet()));
        }
        return live.write(batch.records(), aside);
    }

    private void writeBeside(ParkingWriter writer, Map<AccountId, List<Logged>> records)
            throws InterruptedException {
        try {
            writer.write(records, _ -> {});
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("version", besideVersion())
                    .setCause(e)
                    .log("the version beside the live one cannot be written and is left behind");
            handover.failed(besideVersion(), String.valueOf(e.getMessage()));
            leave();
        }
    }

    /// Says so before the live one is written again: it cannot be promoted any more.
    private void leave() throws InterruptedException {
        register.unmark(Set.copyOf(both.keySet()));
        both.clear();
        level.clear();
        reached.clear();
        beside = null;
    }

    /// Everything before these positions is written.
    void reached(Map<Integer, Long> positions) throws InterruptedException {
        for (Map.Entry<Integer, Long> begun : both.entrySet()) {
            int partition = begun.getKey();
            long position = positions.getOrDefault(partition, 0L);
            reached.put(partition, position);
            if (position >= begun.getValue() && level.add(partition)) {
                register.markLevel(partition, state.epoch());
            }
        }
    }

    /// Also of partitions of which the live version has nothing new.
    void saveBeside(String log) throws InterruptedException {
        if (beside == null) {
            return;
        }
        for (Map.Entry<Integer, Long> position : reached.entrySet()) {
            if (!position.getValue().equals(saved.put(position.getKey(), position.getValue()))) {
                beside.store().save(new Position(log, position.getKey(), position.getValue()));
            }
        }
    }

    void save(Position position) throws InterruptedException {
        live.store().save(position);
    }
}
