package io.cartlog.cli.reconcile;

import io.cartlog.cli.reconcile.AnalyticsReport.RangeDifference;
import io.cartlog.cli.reconcile.LogReading.PartitionReading;
import io.cartlog.cli.reconcile.ViewsReport.KeyDifference;
import io.cartlog.cli.reconcile.ViewsReport.ParkedAccount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Log, views, lake and warehouse beside each other; its fields are those of `--output json`.
///
/// @param reconciled whether nothing differs
/// @param log as analytics-sink has read it
/// @param days events by day of log time
/// @param differenceCount of all, also of those that the services did not name
/// @param notes what could not be compared, and why
public record Reconciliation(
        boolean reconciled,
        LogReading log,
        Views views,
        Lake lake,
        Warehouse warehouse,
        Clicks clicks,
        List<AnalyticsReport.Day> days,
        List<Difference> differences,
        long differenceCount,
        List<String> notes) {

    /// Clicks in the log, each once, and in the warehouse.
    public record Clicks(long events, long rows, long repeated, long unreadable) {}

    /// The table, counted. For the fields see [ViewsReport.Views].
    public record Views(
            long accounts, Map<String, Long> items, long orders, long heads, String digest) {}

    /// Events in the lake.
    public record Lake(long rows, long files, String digest) {}

    /// Events and order lines in the warehouse.
    public record Warehouse(
            long rows, long orderLines, String netAmount, String salesAmount, String digest) {}

    public static Reconciliation of(ViewsReport projection, AnalyticsReport sink) {
        List<Difference> differences = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        compareLogs(projection.log(), sink.log(), differences, notes);
        long beyondNamed =
                projection.views().differenceCount() - projection.views().differences().size();
        projection.views().differences().forEach(d -> differences.add(named(d)));
        projection.views().parked().forEach(p -> differences.add(named(p)));
        beyondNamed += sink.differenceCount() - sink.differences().size();
        sink.differences().forEach(d -> differences.add(named(d)));
        compareDays(sink.days(), differences);
        compareTotals(sink, differences);
        if (projection.views().moving() > 0) {
            notes.add(
                    "%,d accounts changed all the time, so their items were not compared"
                            .formatted(projection.views().moving()));
        }
        long count = differences.size() + beyondNamed;
        return new Reconciliation(
                count == 0,
                sink.log(),
                views(projection.views()),
                new Lake(sink.lake().rows(), sink.lake().files(), sink.lake().digest()),
                warehouse(sink.warehouse()),
                clicks(sink.clicks()),
                sink.days(),
                List.copyOf(differences),
                count,
                List.copyOf(notes));
    }

    private static Views views(ViewsReport.Views views) {
        return new Views(
                views.accounts(),
                new TreeMap<>(views.items()),
                views.orders(),
                views.heads(),
                views.digest());
    }

    private static Clicks clicks(AnalyticsReport.Clicks c) {
        return new Clicks(c.events(), c.rows(), c.repeated(), c.unreadable());
    }

    private static Warehouse warehouse(AnalyticsReport.Warehouse w) {
        return new Warehouse(w.rows(), w.orderLines(), w.netAmount(), w.salesAmount(), w.digest());
    }

    /// While somebody writes, the two have read to different ends, and only partitions that stood
    /// still can be compared.
    private static void compareLogs(
            LogReading left, LogReading right, List<Difference> differences, List<String> notes) {
        Map<Integer, PartitionReading> others = new TreeMap<>();
        right.partitions().forEach(p -> others.put(p.partition(), p));
        boolean stoodStill = left.partitions().size() == others.size();
        for (PartitionReading one : left.partitions()) {
            PartitionReading other = others.get(one.partition());
            if (other == null || one.to() != other.to()) {
                stoodStill = false;
            } else {
                String what = "partition " + one.partition() + " to offset " + one.to();
                compare("log", what + ", events", one.events(), other.events(), differences);
                compare("log", what + ", digest", one.digest(), other.digest(), differences);
            }
        }
        if (stoodStill) {
            compareSums(left, right, differences);
        } else {
            notes.add(
                    "the log grew while it was read, so the services' two readings of it were"
                            + " compared only where both had read as far");
        }
    }

    private static void compareSums(
            LogReading left, LogReading right, List<Difference> differences) {
        compare("log", "events", left.events(), right.events(), differences);
        compare("log", "unreadable records", left.unreadable(), right.unreadable(), differences);
        compare("log", "orders", left.orders(), right.orders(), differences);
        compareAmounts("log", "net amount", left.netAmount(), right.netAmount(), differences);
        compareAmounts("log", "sales amount", left.salesAmount(), right.salesAmount(), differences);
    }

    private static void compareDays(List<AnalyticsReport.Day> days, List<Difference> differences) {
        for (AnalyticsReport.Day day : days) {
            compareDay("lake", day.day(), day.log(), day.lake(), differences);
            compareDay("warehouse", day.day(), day.log(), day.warehouse(), differences);
        }
    }

    private static void compareDay(
            String where,
            String day,
            AnalyticsReport.DayRows log,
            AnalyticsReport.DayRows side,
            List<Difference> differences) {
        String what = "day " + day + " of the log, ";
        compare(where, what + "events", log.rows(), side.rows(), differences);
        compare(where, what + "digest", log.digest(), side.digest(), differences);
    }

    private static void compareTotals(AnalyticsReport sink, List<Difference> differences) {
        LogReading log = sink.log();
        AnalyticsReport.Warehouse warehouse = sink.warehouse();
        compare("lake", "rows", log.events(), sink.lake().rows(), differences);
        compare("lake", "digest", log.digest(), sink.lake().digest(), differences);
        compare("warehouse", "rows", log.events(), warehouse.rows(), differences);
        compare("warehouse", "digest", log.digest(), warehouse.digest(), differences);
        compare("clicks", "rows", sink.clicks().events(), sink.clicks().rows(), differences);
        compareAmounts(
                "warehouse", "net amount", log.netAmount(), warehouse.netAmount(), differences);
        compareAmounts(
                "warehouse",
                "sales amount",
                log.salesAmount(),
                warehouse.salesAmount(),
                differences);
    }

    private static void compareAmounts(
            String where,
            String what,
            String expected,
            String found,
            List<Difference> differences) {
        if (new BigDecimal(expected).compareTo(new BigDecimal(found)) != 0) {
            differences.add(new Difference(where, what, "different", expected, found));
        }
    }

    private static void compare(
            String where,
            String what,
            Object expected,
            Object found,
            List<Difference> differences) {
        if (!expected.equals(found)) {
            differences.add(
                    new Difference(
                            where, what, "different", expected.toString(), found.toString()));
        }
    }

    private static Difference named(KeyDifference d) {
        String what = "account %s, item %s".formatted(d.account(), d.key());
        return new Difference("views", what, d.problem(), text(d.expected()), text(d.found()));
    }

    /// Its rows were compared up to there, and are counted apart.
    private static Difference named(ParkedAccount p) {
        String what =
                "account %s, from record %d@%d on"
                        .formatted(p.account(), p.partition(), p.offset());
        return new Difference("views", what, "parked", p.reason(), null);
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.toString();
    }

    private static Difference named(RangeDifference d) {
        String what =
                "partition %d, offsets %d to %d".formatted(d.partition(), d.from(), d.to() - 1);
        return new Difference(
                d.where(),
                what,
                d.problem(),
                d.expectedRows() == null ? null : d.expectedRows() + " rows",
                d.rows() == null ? null : Objects.toString(d.rows()) + " rows");
    }
}
