package io.cartlog.sink;

import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.QuarantinedFile;
import io.cartlog.sink.warehouse.Retried;
import io.cartlog.sink.warehouse.Retried.Outcome;
import io.cartlog.sink.warehouse.Warehouse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The files of the lake that the warehouse could not load, and another attempt when somebody has
/// repaired them.
public final class Quarantine {
    private final Supplier<EventTable> lake;
    private final Warehouse warehouse;
    private final Runnable onLoaded;

    /// @param lake gives a view of its own to each caller
    /// @param onLoaded is told when the warehouse has changed
    Quarantine(Supplier<EventTable> lake, Warehouse warehouse, Runnable onLoaded) {
        this.lake = lake;
        this.warehouse = warehouse;
        this.onLoaded = onLoaded;
    }

    /// Files that wait, in the order of the log.
    public List<QuarantinedFile> waiting() {
        return warehouse.quarantine();
    }

    /// Tries every file that waits once more.
    public List<Retried> retryAll() {
        EventTable table = lake.get();
        List<Retried> retried = waiting().stream().map(file -> retry(table, file)).toList();
        onLoaded.run();
        return retried;
    }

    /// Tries one file once more.
    ///
    /// @return empty if it has never been in quarantine
    public Optional<Retried> retry(String location) {
        Optional<QuarantinedFile> file =
                waiting().stream().filter(f -> f.location().equals(location)).findFirst();
        if (file.isPresent()) {
            Retried retried = retry(lake.get(), file.get());
            onLoaded.run();
            return Optional.of(retried);
        }
        return warehouse.hasQuarantined(location)
                ? Optional.of(new Retried(location, Outcome.ALREADY_LOADED, null))
                : Optional.empty();
    }

    /// A compaction may have taken its rows along, so they are looked for by their offsets.
    private Retried retry(EventTable table, QuarantinedFile file) {
        List<SnapshotFile> files =
                table.filesInPlaceOf(
                        file.location(), file.partition(), file.firstOffset(), file.lastOffset());
        return warehouse.retry(file, files);
    }
}
