package io.cartlog.sink.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/// The data files that a snapshot holds.
final class TableFiles {
    private TableFiles() {}

    /// With the bounds of their columns, by their names.
    ///
    /// @param snapshot null for a table that has none
    static List<DataFile> at(Table table, @Nullable Snapshot snapshot) {
        if (snapshot == null) {
            return List.of();
        }
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan()
                        .useSnapshot(snapshot.snapshotId())
                        .includeColumnStats()
                        .planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false)
                    .map(FileScanTask::file)
                    .sorted(Comparator.comparing(DataFile::location))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
