package io.cartlog.sink.iceberg;

import io.cartlog.sink.iceberg.CommitResult.Committed;
import io.cartlog.sink.iceberg.CommitResult.Refused;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.SnapshotFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/// The table of events, as one thread sees it.
///
/// The position in the log lives in the table: each commit that adds events says in its summary how
/// far they reach, and is refused unless the table stands where the commit begins.
public final class EventTable {
    private final Table table;

    EventTable(Table table) {
        this.table = table;
    }

    /// What the table holds now.
    public LakeState refresh() {
        table.refresh();
        return state();
    }

    public LakeAppend newAppend(long rollBytes) {
        return new LakeAppend(table, rollBytes);
    }

    /// Adds the rows of the log from `from` to `to` in one commit, if the table still stands at
    /// `from` in these partitions. Other partitions may have moved.
    ///
    /// The files of a refused commit stay: another writer may be about to commit files of the same
    /// names. [LakeUpkeep#clean] knows when they may go.
    ///
    /// @throws RuntimeException if it is not known whether the commit is in; [#refresh] tells
    public CommitResult commit(LakeAppend append, Offsets from, Offsets to) {
        List<DataFile> files = append.store();
        table.refresh();
        Offsets base = offsets();
        while (base.in(from).equals(from)) {
            try {
                appendAt(base, to, files);
                return new Committed(state());
            } catch (ValidationException e) {
                base = Positions.movedSince(base, table, e);
            }
        }
        return new Refused(base);
    }

    /// The commits that follow this one, oldest first; all of them if it is null.
    ///
    /// If older ones have expired, and all are asked for, the oldest that is left stands for them:
    /// it adds all that it holds.
    ///
    /// @throws IllegalStateException if the table does not know it, or was changed by anything but
    ///   appends and compactions
    public List<LakeSnapshot> snapshotsAfter(@Nullable Long snapshotId) {
        table.refresh();
        List<LakeSnapshot> newer = new ArrayList<>();
        Snapshot next = table.currentSnapshot();
        while (next != null && !Long.valueOf(next.snapshotId()).equals(snapshotId)) {
            newer.add(describe(next));
            next = parent(next);
        }
        if (next == null && snapshotId != null) {
            throw new IllegalStateException("the lake has no snapshot " + snapshotId);
        }
        return newer.reversed();
    }

    /// The files that a commit added, by their names.
    public List<SnapshotFile> files(LakeSnapshot added) {
        return added(table.snapshot(added.id()))
                .map(file -> StoredFile.of(table, file))
                .map(this::loadable)
                .sorted(Comparator.comparing(SnapshotFile::location))
                .toList();
    }

    /// The files of the table as it stood at a snapshot.
    ///
    /// @throws IllegalStateException if the table does not know it any more
    public List<StoredFile> filesAt(long snapshotId) {
        table.refresh();
        Snapshot snapshot = table.snapshot(snapshotId);
        if (snapshot == null) {
            throw new IllegalStateException("the lake has no snapshot " + snapshotId);
        }
        return stored(TableFiles.at(table, snapshot));
    }

    /// The files of the table as it stands that hold the rows of a file that was added: the same
    /// file, or what compactions have made of it. They lie in its folder, which is that of its
    /// hour; rows of another hour may have offsets between those of its own.
    ///
    /// @param location of the file that was added
    public List<SnapshotFile> filesInPlaceOf(
            String location, int partition, long firstOffset, long lastOffset) {
        return files().stream()
                .filter(file ->
                        folder(file.location()).equals(folder(location))
                                && file.partition() == partition
                                && file.firstOffset() <= lastOffset
                                && file.lastOffset() >= firstOffset)
                .map(this::loadable)
                .toList();
    }

    private static String folder(String location) {
        return location.substring(0, location.lastIndexOf('/'));
    }

    /// The same file, to be loaded.
    public SnapshotFile loadable(StoredFile file) {
        return new SnapshotFile(
                file.location(),
                file.bytes(),
                file.partition(),
                file.firstOffset(),
                file.lastOffset(),
                file.rowCount(),
                new CheckedRows(table.io(), file.location(), file.bytes()));
    }

    /// All files of the table as it stands.
    public List<StoredFile> files() {
        table.refresh();
        return stored(TableFiles.at(table, table.currentSnapshot()));
    }

    private List<StoredFile> stored(List<DataFile> files) {
        return files.stream().map(file -> StoredFile.of(table, file)).toList();
    }

    private void appendAt(Offsets base, Offsets to, List<DataFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        Positions.guarded(append, base, base.with(to)).commit();
    }

    private LakeState state() {
        Snapshot current = table.currentSnapshot();
        if (current == null) {
            return LakeState.EMPTY;
        }
        return new LakeState(
                offsets(),
                count(current, SnapshotSummary.TOTAL_RECORDS_PROP),
                count(current, SnapshotSummary.TOTAL_DATA_FILES_PROP),
                StreamSupport.stream(SnapshotUtil.currentAncestors(table).spliterator(), false)
                        .count(),
                current.sequenceNumber());
    }

    private LakeSnapshot describe(Snapshot s) {
        Snapshot parent = parent(s);
        return new LakeSnapshot(
                s.snapshotId(),
                s.sequenceNumber(),
                parent == null ? Offsets.START : offsetsAt(parent),
                offsetsAt(s),
                added(s, SnapshotSummary.ADDED_RECORDS_PROP, SnapshotSummary.TOTAL_RECORDS_PROP),
                added(s, SnapshotSummary.ADDED_FILES_PROP, SnapshotSummary.TOTAL_DATA_FILES_PROP));
    }

    private long added(Snapshot s, String added, String total) {
        if (isTheOldestLeft(s)) {
            return count(s, total);
        }
        return addsRows(s) ? count(s, added) : 0;
    }

    /// Whether there were snapshots before this one that have expired.
    private boolean isTheOldestLeft(Snapshot s) {
        return s.parentId() != null && table.snapshot(s.parentId()) == null;
    }

    private static boolean addsRows(Snapshot s) {
        return switch (s.operation()) {
            case DataOperations.APPEND -> true;
            case DataOperations.REPLACE -> false;
            default ->
                    throw new IllegalStateException(
                            "snapshot " + s.snapshotId() + " of the lake is a " + s.operation());
        };
    }

    private Stream<DataFile> added(Snapshot s) {
        if (isTheOldestLeft(s)) {
            return TableFiles.at(table, s).stream();
        }
        if (!addsRows(s)) {
            return Stream.empty();
        }
        SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(s).build();
        return StreamSupport.stream(changes.addedDataFiles().spliterator(), false);
    }

    private Offsets offsets() {
        return Positions.of(table);
    }

    private Offsets offsetsAt(Snapshot s) {
        return Positions.at(table, s);
    }

    private @Nullable Snapshot parent(Snapshot s) {
        if (s.parentId() == null) {
            return null;
        }
        return table.snapshot(s.parentId());
    }

    private static long count(Snapshot s, String property) {
        Map<String, String> summary = s.summary();
        return Long.parseLong(summary.getOrDefault(property, "0"));
    }
}
