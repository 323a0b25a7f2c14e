package io.cartlog.sink.iceberg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/// Files that follow each other in one hour and one partition of the log, to become one.
final class SmallFiles {
    private final List<Member> members = new ArrayList<>();

    /// @param hour since the epoch
    record Member(DataFile file, int kafkaPartition, int hour, long firstOffset) {
        static final Comparator<Member> IN_ORDER =
                Comparator.comparingInt(Member::kafkaPartition)
                        .thenComparingInt(Member::hour)
                        .thenComparingLong(Member::firstOffset);

        static Member of(DataFile file) {
            return new Member(
                    file,
                    StoredFile.partition(file),
                    file.partition().get(0, Integer.class),
                    StoredFile.firstOffset(file));
        }
    }

    SmallFiles(Member first) {
        add(first);
    }

    void add(Member file) {
        members.add(file);
    }

    int count() {
        return members.size();
    }

    /// Whether this file continues the others, and all of them together are not too large.
    boolean takes(Member next, long targetBytes) {
        Member last = members.getLast();
        long bytes = members.stream().mapToLong(m -> m.file.fileSizeInBytes()).sum();
        return last.kafkaPartition == next.kafkaPartition
                && last.hour == next.hour
                && last.file.fileSizeInBytes() < targetBytes / 2
                && next.file.fileSizeInBytes() < targetBytes / 2
                && bytes + next.file.fileSizeInBytes() <= targetBytes;
    }

    void forEach(Consumer<DataFile> taker) {
        members.forEach(m -> taker.accept(m.file));
    }

    @Override
    public String toString() {
        return "%d from %s on".formatted(count(), members.getFirst().file.location());
    }

    /// Stores one file with the rows of all.
    DataFile merge(Table table) {
        Member first = members.getFirst();
        LakeFile merged =
                new LakeFile(
                        table,
                        LakeFile.Kind.COMPACTED,
                        first.kafkaPartition,
                        first.hour,
                        first.firstOffset);
        forEach(file -> StoredFile.rows(table, file).forEach(merged::add));
        long rows = members.stream().mapToLong(m -> m.file.recordCount()).sum();
        if (merged.count() != rows) {
            throw new IllegalStateException(
                    "the table promises %d rows from %s on, its files gave %d"
                            .formatted(rows, first.file.location(), merged.count()));
        }
        return merged.store();
    }
}
