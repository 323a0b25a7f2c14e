package io.cartlog.sink.verify;

import io.cartlog.sink.row.EventDigest;
import io.cartlog.sink.row.Offsets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// What a reconciliation found. Digests are 16 hexadecimal digits, amounts exact decimals.
///
/// @param differences the first of them in full
/// @param differenceCount all of them; 0: the three sides agree
record Report(
        LogPart log,
        LakePart lake,
        WarehousePart warehouse,
        List<Difference> differences,
        long differenceCount) {

    /// @param unreadable records that are no events
    /// @param orders by account and order key
    record LogPart(
            List<LogPartition> partitions,
            long events,
            long unreadable,
            String netAmount,
            String salesAmount,
            long orders) {}

    /// @param to offset up to which all sides are compared: where the lake stood at the start
    record LogPartition(int partition, long from, long to, long events, String digest) {}

    record LakePart(long rows, long files, List<RangeRows> ranges, String digest) {}

    record WarehousePart(
            long rows,
            long orderLines,
            String netAmount,
            String salesAmount,
            List<RangeRows> ranges,
            String digest) {}

    record RangeRows(int partition, long from, long to, long rows, String digest) {}

    /// @param where `lake` or `warehouse`
    /// @param expectedRows what the log has there
    record Difference(
            String where,
            int partition,
            long from,
            long to,
            String problem,
            long expectedRows,
            long rows) {}

    static List<RangeRows> ranges(Tallies side, Offsets to) {
        return side.byRange().entrySet().stream()
                .map(e -> rangeRows(e.getKey(), e.getValue(), to))
                .toList();
    }

    private static RangeRows rangeRows(Range range, Tally tally, Offsets to) {
        return new RangeRows(
                range.partition(),
                range.from(),
                range.to(to.of(range.partition())),
                tally.rows(),
                EventDigest.text(tally.digest()));
    }

    /// Two decimals, or more where they are needed: as money is written everywhere.
    static String amount(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.setScale(Math.max(2, stripped.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }
}
