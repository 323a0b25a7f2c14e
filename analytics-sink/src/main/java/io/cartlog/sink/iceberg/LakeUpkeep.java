package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.Offsets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the table's files while others write to it: makes large ones of small ones, forgets
/// old snapshots, removes what nobody refers to. Neither changes what the table holds.
public final class LakeUpkeep {
    private static final Logger LOGGER = LoggerFactory.getLogger(LakeUpkeep.class);

    private final Table table;

    LakeUpkeep(Table table) {
        this.table = table;
    }

    /// What a compaction did.
    ///
    /// @param filesBefore that were taken together
    /// @param filesAfter that they became
    public record Compacted(long filesBefore, long filesAfter, long rows) {
        static final Compacted NOTHING = new Compacted(0, 0, 0);
    }

    /// A snapshot of the table.
    ///
    /// @param operation `append`, or `replace` for a compaction
    /// @param rows in the table then
    public record Version(
            long id,
            long sequenceNumber,
            Instant committedAt,
            String operation,
            long addedRows,
            long addedFiles,
            long rows,
            long files) {
        static Version of(Snapshot s) {
            return new Version(
                    s.snapshotId(),
                    s.sequenceNumber(),
                    Instant.ofEpochMilli(s.timestampMillis()),
                    s.operation(),
                    count(s, SnapshotSummary.ADDED_RECORDS_PROP),
                    count(s, SnapshotSummary.ADDED_FILES_PROP),
                    count(s, SnapshotSummary.TOTAL_RECORDS_PROP),
                    count(s, SnapshotSummary.TOTAL_DATA_FILES_PROP));
        }

        private static long count(Snapshot s, String property) {
            return Long.parseLong(s.summary().getOrDefault(property, "0"));
        }
    }

    /// Those that are not forgotten, newest first.
    public List<Version> snapshots() {
        table.refresh();
        return newestFirst().stream().map(Version::of).toList();
    }

    /// Takes files together that follow each other, have less than half of `targetBytes`, and hold
    /// rows of one hour and one partition of the log. The position is carried forward, and the
    /// snapshot adds no rows, so whoever loads by snapshots loads nothing again.
    ///
    /// @throws ValidationException if somebody else compacted the same files meanwhile
    public Compacted compact(long targetBytes) {
        table.refresh();
        Snapshot start = table.currentSnapshot();
        List<SmallFiles> small = new ArrayList<>();
        List<DataFile> merged = new ArrayList<>();
        for (SmallFiles files : smallFiles(start, targetBytes)) {
            merge(files)
                    .ifPresent(file -> {
                        small.add(files);
                        merged.add(file);
                    });
        }
        if (small.isEmpty()) {
            return Compacted.NOTHING;
        }
        replace(start, small, merged);
        return new Compacted(
                small.stream().mapToLong(SmallFiles::count).sum(),
                merged.size(),
                merged.stream().mapToLong(DataFile::recordCount).sum());
    }

    /// A file that cannot be read, and those beside it, stay as they are until it is repaired.
    private Optional<DataFile> merge(SmallFiles files) {
        try {
            return Optional.of(files.merge(table));
        } catch (RuntimeException e) {
            LOGGER.atWarn()
                    .addKeyValue("files", files)
                    .setCause(e)
                    .log("files of the lake cannot be made into one");
            return Optional.empty();
        }
    }

    private List<SmallFiles> smallFiles(@Nullable Snapshot snapshot, long targetBytes) {
        List<SmallFiles> runs = new ArrayList<>();
        TableFiles.at(table, snapshot).stream()
                .filter(file -> file.specId() == table.spec().specId())
                .map(SmallFiles.Member::of)
                .sorted(SmallFiles.Member.IN_ORDER)
                .forEach(file -> {
                    if (runs.isEmpty() || !runs.getLast().takes(file, targetBytes)) {
                        runs.add(new SmallFiles(file));
                    } else {
                        runs.getLast().add(file);
                    }
                });
        return runs.stream().filter(run -> run.count() > 1).toList();
    }

    private void replace(Snapshot start, List<SmallFiles> small, List<DataFile> merged) {
        Offsets base = Positions.of(table);
        while (true) {
            RewriteFiles rewrite = table.newRewrite().validateFromSnapshot(start.snapshotId());
            small.forEach(files -> files.forEach(rewrite::deleteFile));
            merged.forEach(rewrite::addFile);
            try {
                Positions.guarded(rewrite, base, base).commit();
                return;
            } catch (ValidationException e) {
                base = Positions.movedSince(base, table, e);
            }
        }
    }

    /// Forgets snapshots, and removes the files that only they had.
    ///
    /// @param before those that are younger stay
    /// @param needed the newest that has been loaded everywhere: it stays, and what follows; null:
    ///   nothing is loaded yet, and all stay
    /// @return how many are forgotten
    /// @throws IllegalStateException if the table does not know `needed`
    public int expire(Instant before, @Nullable Long needed) {
        table.refresh();
        List<Snapshot> newestFirst = newestFirst();
        int kept = needed == null ? newestFirst.size() : upTo(needed, newestFirst);
        kept = Math.max(kept, upToThePosition(newestFirst));
        kept = Math.max(kept, younger(newestFirst, before));
        List<Snapshot> old = newestFirst.subList(kept, newestFirst.size());
        if (!old.isEmpty()) {
            // Iceberg by itself forgets all that are older than the table's own limit.
            ExpireSnapshots expire = table.expireSnapshots().expireOlderThan(0);
            old.forEach(s -> expire.expireSnapshotId(s.snapshotId()));
            expire.commit();
        }
        return old.size();
    }

    private List<Snapshot> newestFirst() {
        return StreamSupport.stream(SnapshotUtil.currentAncestors(table).spliterator(), false)
                .toList();
    }

    private static int upTo(long needed, List<Snapshot> newestFirst) {
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).snapshotId() == needed) {
                return i + 1;
            }
        }
        throw new IllegalStateException("the lake has no snapshot " + needed);
    }

    /// A snapshot by a foreign tool does not tell the position; the one before it must stay.
    private static int upToThePosition(List<Snapshot> newestFirst) {
        int kept = 0;
        while (kept < newestFirst.size() && !Positions.isIn(newestFirst.get(kept))) {
            kept++;
        }
        return Math.min(kept + 1, newestFirst.size());
    }

    private static int younger(List<Snapshot> newestFirst, Instant before) {
        return (int)
                newestFirst.stream()
                        .takeWhile(s -> s.timestampMillis() >= before.toEpochMilli())
                        .count();
    }

    /// Removes files that no snapshot refers to: what writers left behind that died, or were
    /// refused.
    ///
    /// A file out of the log goes only if the table stands behind its first row: then no writer
    /// will ever add it, for each begins where the table stands. Other files cannot be judged so,
    /// and `before` protects them.
    ///
    /// @param before files that were stored later stay; further back than any commit takes
    /// @return what was removed
    public List<String> clean(Instant before) {
        table.refresh();
        Offsets position = Positions.of(table);
        Set<String> referred = referred();
        List<String> orphans = new ArrayList<>();
        SupportsPrefixOperations store = (SupportsPrefixOperations) table.io();
        for (FileInfo file : store.listPrefix(table.location() + "/")) {
            if (!referred.contains(file.location())
                    && file.createdAtMillis() < before.toEpochMilli()
                    && LakeFile.isPassed(file.location(), position)) {
                orphans.add(file.location());
            }
        }
        orphans.forEach(table.io()::deleteFile);
        return orphans.stream().sorted(Comparator.naturalOrder()).toList();
    }

    private Set<String> referred() {
        Set<String> referred = new HashSet<>();
        TableMetadata metadata = ((HasTableOperations) table).operations().current();
        referred.add(metadata.metadataFileLocation());
        metadata.previousFiles().forEach(f -> referred.add(f.file()));
        metadata.statisticsFiles().stream().map(StatisticsFile::path).forEach(referred::add);
        for (Snapshot snapshot : table.snapshots()) {
            referred.add(snapshot.manifestListLocation());
            snapshot.allManifests(table.io()).stream()
                    .filter(manifest -> referred.add(manifest.path()))
                    .forEach(manifest -> files(manifest, referred));
        }
        return referred;
    }

    private void files(ManifestFile manifest, Set<String> referred) {
        try (ManifestReader<DataFile> files =
                ManifestFiles.read(manifest, table.io(), table.specs())) {
            files.forEach(file -> referred.add(file.location()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
