package io.cartlog.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cartlog.cli.reconcile.AnalyticsReport.Day;
import io.cartlog.cli.reconcile.AnalyticsReport.Lake;
import io.cartlog.cli.reconcile.AnalyticsReport.Range;
import io.cartlog.cli.reconcile.AnalyticsReport.RangeDifference;
import io.cartlog.cli.reconcile.AnalyticsReport.Warehouse;
import io.cartlog.cli.reconcile.LogReading.PartitionReading;
import io.cartlog.cli.reconcile.ViewsReport.KeyDifference;
import io.cartlog.cli.reconcile.ViewsReport.ParkedAccount;
import io.cartlog.cli.reconcile.ViewsReport.Views;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final PartitionReading EMPTY =
            new PartitionReading(1, 0, 0, 0, "0000000000000000");
    private static final AnalyticsReport.Clicks CLICKS = new AnalyticsReport.Clicks(0, 2, 5, 5);
    private static final AnalyticsReport.DayRows TEN =
            new AnalyticsReport.DayRows(10, "8000000000000001");
    private static final LogReading LOG = log(10, "8000000000000001", "47.50");

    @Test
    void what_agrees_is_reconciled() {
        Reconciliation result =
                Reconciliation.of(new ViewsReport(LOG, views(0)), analytics(LOG, 10, "47.5"));

        assertThat(result.reconciled()).isTrue();
        assertThat(result.differences()).isEmpty();
        assertThat(result.notes()).isEmpty();
        assertThat(ReconciliationText.of(result)).endsWith("lake and warehouse agree.");
    }

    @Test
    void digests_add_up_modulo_two_to_the_64() {
        assertThat(Digests.sum(List.of("ffffffffffffffff", "0000000000000002")))
                .isEqualTo("0000000000000001");
    }

    @Test
    void two_readings_of_the_log_that_differ_are_a_difference() {
        LogReading other = log(10, "8000000000000002", "47.50");

        Reconciliation result =
                Reconciliation.of(new ViewsReport(other, views(0)), analytics(LOG, 10, "47.5"));

        assertThat(result.reconciled()).isFalse();
        assertThat(result.differences())
                .containsExactly(
                        new Difference(
                                "log",
                                "partition 0 to offset 12, digest",
                                "different",
                                "8000000000000002",
                                "8000000000000001"));
    }

    @Test
    void a_log_that_grew_meanwhile_is_no_difference_but_is_noted() {
        LogReading earlier =
                new LogReading(
                        List.of(new PartitionReading(0, 0, 9, 8, "0000000000000007"), EMPTY),
                        8,
                        0,
                        "40",
                        "40",
                        1);

        Reconciliation result =
                Reconciliation.of(new ViewsReport(earlier, views(0)), analytics(LOG, 10, "47.5"));

        assertThat(result.reconciled()).isTrue();
        assertThat(result.notes()).singleElement().asString().contains("the log grew");
    }

    @Test
    void a_parked_account_is_named_as_such() {
        Views views =
                new Views(
                        3,
                        Map.of("ACTIVE", 1L),
                        1,
                        3,
                        "00",
                        0,
                        List.of(new ParkedAccount("17850", 2, 17, "no schema id")),
                        List.of(),
                        0);

        Reconciliation result =
                Reconciliation.of(new ViewsReport(LOG, views), analytics(LOG, 10, "47.5"));

        assertThat(result.reconciled()).isFalse();
        assertThat(result.differences())
                .containsExactly(
                        new Difference(
                                "views",
                                "account 17850, from record 2@17 on",
                                "parked",
                                "no schema id",
                                null));
    }

    @Test
    void items_and_ranges_that_the_services_found_are_named() {
        KeyDifference item =
                new KeyDifference("17850", "17850|17850#ACTIVE#P-1", "missing", null, null);
        Views views =
                new Views(3, Map.of("ACTIVE", 1L), 1, 3, "00", 0, List.of(), List.of(item), 5);
        AnalyticsReport found =
                new AnalyticsReport(
                        LOG,
                        new Lake(9, 1, List.of(), "8000000000000000"),
                        warehouse(10, "47.5"),
                        List.of(),
                        List.of(new RangeDifference("lake", 0, 0, 10_000, "lost", 10L, 9L)),
                        1,
                        CLICKS);

        Reconciliation result = Reconciliation.of(new ViewsReport(LOG, views), found);

        assertThat(result.reconciled()).isFalse();
        assertThat(result.differences())
                .extracting(Difference::where, Difference::what, Difference::problem)
                .contains(
                        tuple("views", "account 17850, item 17850|17850#ACTIVE#P-1", "missing"),
                        tuple("lake", "partition 0, offsets 0 to 9999", "lost"),
                        tuple("lake", "rows", "different"),
                        tuple("lake", "digest", "different"));
        assertThat(result.differenceCount()).isEqualTo(4 + result.differences().size());
        assertThat(ReconciliationText.of(result))
                .contains("Not reconciled", "17850|17850#ACTIVE#P-1", "offsets 0 to 9999");
    }

    @Test
    void sums_of_the_warehouse_are_compared_with_the_log() {
        Reconciliation result =
                Reconciliation.of(new ViewsReport(LOG, views(0)), analytics(LOG, 11, "48"));

        assertThat(result.differences())
                .extracting(Difference::what)
                .containsExactly("rows", "net amount");
    }

    @Test // D: four ways, by offset range and by day
    void a_day_on_which_a_side_has_other_events_is_named() {
        AnalyticsReport.DayRows nine = new AnalyticsReport.DayRows(9, "8000000000000000");
        AnalyticsReport found =
                new AnalyticsReport(
                        LOG,
                        new Lake(10, 1, List.of(), LOG.digest()),
                        warehouse(10, "47.5"),
                        List.of(
                                new Day("2026-01-01", TEN, TEN, TEN),
                                new Day("2026-01-02", TEN, nine, TEN)),
                        List.of(),
                        0,
                        CLICKS);

        Reconciliation result = Reconciliation.of(new ViewsReport(LOG, views(0)), found);

        assertThat(result.differences())
                .extracting(Difference::where, Difference::what)
                .containsExactly(
                        tuple("lake", "day 2026-01-02 of the log, events"),
                        tuple("lake", "day 2026-01-02 of the log, digest"));
        assertThat(result.reconciled()).isFalse();
    }

    private static LogReading log(long events, String digest, String netAmount) {
        return new LogReading(
                List.of(new PartitionReading(0, 0, events + 2, events, digest), EMPTY),
                events,
                2,
                netAmount,
                "50.00",
                3);
    }

    private static Views views(long differences) {
        return new Views(
                3,
                Map.of("ACTIVE", 1L, "SAVED", 2L),
                1,
                3,
                "00",
                0,
                List.of(),
                List.of(),
                differences);
    }

    private static AnalyticsReport analytics(LogReading log, long rows, String netAmount) {
        return new AnalyticsReport(
                log,
                new Lake(10, 1, List.of(), log.digest()),
                warehouse(rows, netAmount),
                List.of(new Day("2026-01-01", TEN, TEN, TEN)),
                List.of(),
                0,
                CLICKS);
    }

    private static Warehouse warehouse(long rows, String netAmount) {
        return new Warehouse(
                rows,
                5,
                netAmount,
                "50",
                List.of(
                        new Range(0, 0, 6, 5, "8000000000000000"),
                        new Range(0, 6, 12, 5, "0000000000000001")));
    }
}
