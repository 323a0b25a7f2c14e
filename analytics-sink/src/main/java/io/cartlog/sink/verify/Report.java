package io.cartlog.sink.verify;

import io.cartlog.sink.clicks.ClickReport;
import io.cartlog.sink.row.EventDigest;
import io.cartlog.sink.row.Offsets;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a reconciliation found. Digests are 16 hexadecimal digits, amounts exact decimals.
///
/// @param days of log time, UTC, on which any of the three has events
/// @param differences the first of them in full
/// @param differenceCount all of them; 0: the three sides agree
record Report(
        LogPart log,
        LakePart lake,
        WarehousePart warehouse,
        List<Day> days,
        List<Difference> differences,
        long differenceCount,
        @Nullable ClicksPart clicks) {

    /// What was found of the clicks.
    ///
    /// @param unreadable records that are no clicks
    /// @param repeated records of clicks that stand in the log before
    /// @param events clicks in the log, each once
    /// @param rows of them in the warehouse
    record ClicksPart(
            List<ClickReport.OfPartition> partitions,
            long unreadable,
            long repeated,
            long events,
            long rows) {}

    /// This report with what was found of the clicks.
    Report with(ClickReport found) {
        List<Difference> all = new ArrayList<>(differences);
        found.differences().forEach(d -> all.add(Difference.of(d)));
        return new Report(
                log,
                lake,
                warehouse,
                days,
                List.copyOf(all),
                differenceCount + found.differences().size(),
                new ClicksPart(
                        found.partitions(),
                        found.unreadable(),
                        found.repeated(),
                        found.clicks(),
                        found.rows()));
    }

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

    record Day(String day, DayRows log, DayRows lake, DayRows warehouse) {}

    record DayRows(long rows, String digest) {
        static DayRows of(Tallies side, LocalDate day) {
            Tally tally = side.byDay().getOrDefault(day, Tally.NONE);
            return new DayRows(tally.rows(), EventDigest.text(tally.digest()));
        }
    }

    record RangeRows(int partition, long from, long to, long rows, String digest) {}

    /// @param where `lake`, `warehouse` or `clicks`
    /// @param expectedRows what the log has there
    record Difference(
            String where,
            int partition,
            long from,
            long to,
            String problem,
            long expectedRows,
            long rows) {
        static Difference of(ClickReport.Difference d) {
            return new Difference(
                    "clicks",
                    d.partition(),
                    d.from(),
                    d.to(),
                    d.problem(),
                    d.expectedRows(),
                    d.rows());
        }
    }

    static List<Day> days(Tallies log, Tallies lake, Tallies warehouse) {
        SortedSet<LocalDate> days = new TreeSet<>(log.byDay().keySet());
        days.addAll(lake.byDay().keySet());
        days.addAll(warehouse.byDay().keySet());
        return days.stream()
                .map(day ->
                        new Day(
                                day.toString(),
                                DayRows.of(log, day),
                                DayRows.of(lake, day),
                                DayRows.of(warehouse, day)))
                .toList();
    }

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
