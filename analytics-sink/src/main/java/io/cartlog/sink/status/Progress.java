package io.cartlog.sink.status;

import io.cartlog.sink.AnalyticsSink;
import io.cartlog.sink.WarehouseLoader;
import io.cartlog.sink.clicks.ClickLedger;
import io.cartlog.sink.clicks.ClickLoader;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far the sink is. It has caught up when `lag` is 0 and every snapshot is loaded.
///
/// @param lag offsets of the log that are not yet in the lake
/// @param snapshots of the lake there have been, expired ones included
/// @param loadedSnapshots the warehouse has all that were in the lake when there were so many
/// @param quarantined files of the lake that cannot be loaded and wait to be repaired
/// @param failed what keeps the sink or the loader from going on; null when nothing does
public record Progress(
        List<OfPartition> partitions,
        long lag,
        long lakeRows,
        long lakeFiles,
        long snapshots,
        long loadedSnapshots,
        long warehouseRows,
        long orderLines,
        long quarantined,
        long deadLetters,
        @Nullable String failed,
        Clicks clicks) {

    /// @param lake offset up to which the log is in the lake
    /// @param end of what is committed in the log
    public record OfPartition(int partition, long lake, long end) {}

    /// The clicks, which go straight into the warehouse.
    ///
    /// @param lag offsets of the topic that are not yet in the warehouse
    /// @param repeated records of clicks that were there before
    /// @param failed what keeps their loader from going on; null when nothing does
    public record Clicks(
            List<OfClickPartition> partitions,
            long lag,
            long rows,
            long repeated,
            long deadLetters,
            @Nullable String failed) {
        static Clicks of(ClickLoader loader, Offsets end) {
            ClickLedger ledger = loader.ledger();
            return new Clicks(
                    end.next().entrySet().stream()
                            .map(e ->
                                    new OfClickPartition(
                                            e.getKey(),
                                            ledger.offsets().of(e.getKey()),
                                            e.getValue()))
                            .toList(),
                    ledger.offsets().lagBehind(end),
                    ledger.clicks(),
                    ledger.repeated(),
                    ledger.unreadable(),
                    loader.failure());
        }
    }

    /// @param warehouse offset up to which the topic is in the warehouse
    public record OfClickPartition(int partition, long warehouse, long end) {}

    static Progress of(AnalyticsSink sink, WarehouseLoader loader, Offsets end, Clicks clicks) {
        LakeState lake = sink.state();
        Ledger ledger = loader.ledger();
        return new Progress(
                end.next().entrySet().stream()
                        .map(e -> ofPartition(e.getKey(), lake.offsets(), e.getValue()))
                        .toList(),
                lake.offsets().lagBehind(end),
                lake.rows(),
                lake.files(),
                lake.sequenceNumber(),
                ledger.sequenceNumber(),
                ledger.rows(),
                ledger.orderLines(),
                ledger.quarantined(),
                sink.unreadableRecords(),
                sink.failure() == null ? loader.failure() : sink.failure(),
                clicks);
    }

    private static OfPartition ofPartition(int partition, Offsets lake, long end) {
        return new OfPartition(partition, lake.of(partition), end);
    }
}
