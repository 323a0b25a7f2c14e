package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.Offsets;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;

/// How far the log is in the table: it stands in the summary of each of our snapshots. One by a
/// foreign tool has none, and takes the nearest ancestor's.
final class Positions {
    /// In the summary of a snapshot: the offsets up to which the log is in the table.
    static final String OFFSETS = "cartlog.offsets";

    private Positions() {}

    /// Where the table stands.
    ///
    /// @throws IllegalStateException if no snapshot tells any more: to begin at the start of the
    ///   log would double it
    static Offsets of(Table table) {
        Snapshot current = table.currentSnapshot();
        return current == null ? Offsets.START : at(table, current);
    }

    /// @throws IllegalStateException as in [#of]
    static Offsets at(Table table, Snapshot snapshot) {
        return of(SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot));
    }

    static boolean isIn(Snapshot snapshot) {
        return snapshot.summary().containsKey(OFFSETS);
    }

    /// Makes a change from `base` to `next`, and have it refused unless the table stands at `base`.
    /// Iceberg by itself re-bases a change on whatever was committed meanwhile: an append would add
    /// the same rows twice, a compaction would set the position back.
    static <T extends SnapshotUpdate<T>> T guarded(T change, Offsets base, Offsets next) {
        return change.set(OFFSETS, next.toString())
                .validateWith(ancestors -> of(ancestors).equals(base));
    }

    /// After a guarded change was refused: where the table stands now.
    ///
    /// @throws ValidationException if it has not moved, and so was refused for another reason
    static Offsets movedSince(Offsets base, Table table, ValidationException refused) {
        table.refresh();
        Offsets now = of(table);
        if (now.equals(base)) {
            throw refused;
        }
        return now;
    }

    private static Offsets of(Iterable<Snapshot> ancestors) {
        boolean none = true;
        for (Snapshot s : ancestors) {
            String offsets = s.summary().get(OFFSETS);
            if (offsets != null) {
                return Offsets.parse(offsets);
            }
            none = false;
        }
        if (none) {
            return Offsets.START;
        }
        throw new IllegalStateException(
                "no snapshot of the lake tells its position in the log any more");
    }
}
