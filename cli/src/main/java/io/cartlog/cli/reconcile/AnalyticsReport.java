package io.cartlog.cli.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What analytics-sink found: its reading of the log, lake and warehouse by ranges of offsets and
/// by day.
public record AnalyticsReport(
        LogReading log,
        Lake lake,
        Warehouse warehouse,
        List<Day> days,
        List<RangeDifference> differences,
        long differenceCount,
        Clicks clicks) {
    /// @param unreadable records that are no clicks
    /// @param repeated records of clicks that stand in the log before
    /// @param events clicks in the log, each once
    /// @param rows of them in the warehouse
    public record Clicks(long unreadable, long repeated, long events, long rows) {}

    public record Lake(long rows, long files, List<Range> ranges, String digest) {}

    public record Warehouse(
            long rows, long orderLines, String netAmount, String salesAmount, List<Range> ranges) {
        String digest() {
            return Digests.sum(ranges.stream().map(Range::digest).toList());
        }
    }

    /// Events by day of log time.
    ///
    /// @param day as in 2026-01-31, UTC
    public record Day(String day, DayRows log, DayRows lake, DayRows warehouse) {}

    public record DayRows(long rows, String digest) {}

    /// @param to offset after the last one
    public record Range(int partition, long from, long to, long rows, String digest) {}

    /// @param where lake, warehouse or clicks
    public record RangeDifference(
            String where,
            int partition,
            long from,
            long to,
            String problem,
            @Nullable Long expectedRows,
            @Nullable Long rows) {}
}
