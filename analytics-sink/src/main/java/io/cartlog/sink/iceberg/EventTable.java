package io.cartlog.sink.iceberg;

import io.cartlog.sink.iceberg.CommitResult.Committed;
import io.cartlog.sink.iceberg.CommitResult.Refused;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.RowSource;
import io.cartlog.sink.row.SnapshotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotChanges;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/// The table of events, as one thread sees it.
///
/// The position in the log lives in the table: each commit that adds events says in its summary how
/// far they reach, and is refused unless the table stands where the commit begins.
public final class EventTable {
    /// In the summary of a snapshot: the offsets up to which the log is in the table.
    static final String OFFSETS = "cartlog.offsets";

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
                base = movedSince(base, e);
            }
        }
        drop(files, from);
        return new Refused(base);
    }

    /// The commits that follow this one, oldest first; all of them if it is null.
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

    /// The files that a commit added, partition by partition of the log in the order of offsets.
    public List<SnapshotFile> files(LakeSnapshot added) {
        return added(table.snapshot(added.id()))
                .map(file -> StoredFile.of(file, source(file)))
                .map(this::loadable)
                .sorted(Comparator.comparing(SnapshotFile::location))
                .toList();
    }

    /// The files of the table as it stood at a snapshot.
    ///
    /// @throws IllegalStateException if the table does not know it any more
    public List<StoredFile> filesAt(long snapshotId) {
        table.refresh();
        if (table.snapshot(snapshotId) == null) {
            throw new IllegalStateException("the lake has no snapshot " + snapshotId);
        }
        return files(table.newScan().useSnapshot(snapshotId));
    }

    /// The files of the table as it stands that hold rows of a part of the log: the one that was
    /// added with them, or what a compaction has made of it.
    public List<SnapshotFile> filesWith(int partition, long firstOffset, long lastOffset) {
        return files(
                        Expressions.and(
                                Expressions.equal("kafka_partition", partition),
                                Expressions.greaterThanOrEqual("kafka_offset", firstOffset),
                                Expressions.lessThanOrEqual("kafka_offset", lastOffset)))
                .stream()
                .map(this::loadable)
                .toList();
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
        return files(Expressions.alwaysTrue());
    }

    private List<StoredFile> files(Expression mayHold) {
        table.refresh();
        return files(table.newScan().filter(mayHold));
    }

    private List<StoredFile> files(TableScan scan) {
        try (CloseableIterable<FileScanTask> tasks = scan.includeColumnStats().planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false)
                    .map(FileScanTask::file)
                    .sorted(Comparator.comparing(DataFile::location))
                    .map(f -> StoredFile.of(f, source(f)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void appendAt(Offsets base, Offsets to, List<DataFile> files) {
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        append.set(OFFSETS, base.with(to).toString()).validateWith(standsAt(base)).commit();
    }

    /// Iceberg by itself re-bases an append on whatever was committed meanwhile and so would add
    /// the same rows twice.
    private static SnapshotAncestryValidator standsAt(Offsets base) {
        return ancestors -> offsets(ancestors).equals(base);
    }

    private Offsets movedSince(Offsets base, ValidationException refused) {
        table.refresh();
        Offsets now = offsets();
        if (now.equals(base)) {
            throw refused;
        }
        return now;
    }

    /// Removes files that will never be committed. The faster writer may have stored and committed
    /// files of the same names, and those are kept.
    private void drop(List<DataFile> own, Offsets from) {
        Set<String> committed = new HashSet<>();
        for (Snapshot s : SnapshotUtil.currentAncestors(table)) {
            if (offsetsAt(s).in(from).equals(from)) {
                break;
            }
            added(s).map(DataFile::location).forEach(committed::add);
        }
        own.stream()
                .map(DataFile::location)
                .filter(location -> !committed.contains(location))
                .forEach(table.io()::deleteFile);
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
        boolean adds = addsRows(s);
        Snapshot parent = parent(s);
        return new LakeSnapshot(
                s.snapshotId(),
                s.sequenceNumber(),
                parent == null ? Offsets.START : offsetsAt(parent),
                offsetsAt(s),
                adds ? count(s, SnapshotSummary.ADDED_RECORDS_PROP) : 0,
                adds ? count(s, SnapshotSummary.ADDED_FILES_PROP) : 0);
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
        if (!addsRows(s)) {
            return Stream.empty();
        }
        SnapshotChanges changes = SnapshotChanges.builderFor(table).snapshot(s).build();
        return StreamSupport.stream(changes.addedDataFiles().spliterator(), false);
    }

    private RowSource source(DataFile file) {
        return taker ->
                EventRowReader.forEach(
                        table.io().newInputFile(file.location(), file.fileSizeInBytes()), taker);
    }

    private Offsets offsets() {
        return offsets(SnapshotUtil.currentAncestors(table));
    }

    private Offsets offsetsAt(Snapshot s) {
        return offsets(SnapshotUtil.ancestorsOf(s.snapshotId(), table::snapshot));
    }

    /// Of the nearest snapshot that has any; a compaction by a foreign tool has none.
    private static Offsets offsets(Iterable<Snapshot> ancestors) {
        for (Snapshot s : ancestors) {
            String offsets = s.summary().get(OFFSETS);
            if (offsets != null) {
                return Offsets.parse(offsets);
            }
        }
        return Offsets.START;
    }

    private @Nullable Snapshot parent(Snapshot s) {
        if (s.parentId() == null) {
            return null;
        }
        Snapshot parent = table.snapshot(s.parentId());
        if (parent == null) {
            throw new IllegalStateException(
                    "the snapshot before " + s.snapshotId() + " of the lake has expired");
        }
        return parent;
    }

    private static long count(Snapshot s, String property) {
        Map<String, String> summary = s.summary();
        return Long.parseLong(summary.getOrDefault(property, "0"));
    }
}
