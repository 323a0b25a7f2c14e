package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.iceberg.Lake;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The service as others meet it: settings, HTTP, and the check that compares all three.
@ExtendWith(Stack.class)
class ServiceIT {
    @Test
    void what_is_flushed_is_in_lake_and_warehouse(World world) throws Exception {
        write(world, 5);
        try (RunningService service = RunningService.in(world, Map.of())) {
            JsonNode progress = service.post("/internal/flush");
            long events = world.log.committed().size();
            assertThat(progress.get("lag").asLong()).isZero();
            assertThat(progress.get("lakeRows").asLong()).isEqualTo(events);
            assertThat(progress.get("warehouseRows").asLong()).isEqualTo(events);
            assertThat(progress.get("snapshots").asLong())
                    .isEqualTo(progress.get("loadedSnapshots").asLong());
            assertThat(progress.get("failed").isNull()).isTrue();
            assertThat(progress.get("partitions").valueStream())
                    .isNotEmpty()
                    .allSatisfy(p -> assertThat(p.get("lake")).isEqualTo(p.get("end")));
            assertThat(service.get("/internal/progress")).isEqualTo(progress);
            assertThat(service.get("/actuator/health").get("status").asString()).isEqualTo("UP");
            assertThat(service.get("/actuator/health/liveness").get("status").asString())
                    .isEqualTo("UP");
            assertThat(service.get("/actuator/health/readiness").get("status").asString())
                    .isEqualTo("UP");
            assertThat(service.text("/actuator/prometheus"))
                    .contains(
                            "cartlog_sink_rows_total " + (double) events,
                            "cartlog_freshness_seconds{store=\"lake\"}",
                            "cartlog_freshness_seconds{store=\"warehouse\"}",
                            "cartlog_freshness_seconds{store=\"clicks\"}");
        }
    }

    @Test
    void log_lake_and_warehouse_agree(World world) throws Exception {
        write(world, 50);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            JsonNode report = service.reconcile();
            long events = world.log.committed().size();
            assertThat(report.get("differenceCount").asLong()).as("%s", report).isZero();
            assertThat(report.at("/log/events").asLong()).isEqualTo(events);
            assertThat(report.at("/lake/rows").asLong()).isEqualTo(events);
            assertThat(report.at("/warehouse/rows").asLong()).isEqualTo(events);
            assertThat(report.at("/lake/digest")).isEqualTo(report.at("/warehouse/digest"));
            assertThat(report.get("days").valueStream())
                    .isNotEmpty()
                    .allSatisfy(day -> {
                        assertThat(day.get("lake")).isEqualTo(day.get("log"));
                        assertThat(day.get("warehouse")).isEqualTo(day.get("log"));
                    })
                    .map(day -> day.at("/log/rows").asLong())
                    .matches(rows -> rows.stream().mapToLong(it -> it).sum() == events);
            assertThat(report.at("/log/netAmount")).isEqualTo(report.at("/warehouse/netAmount"));
            assertThat(report.at("/log/salesAmount"))
                    .isEqualTo(report.at("/warehouse/salesAmount"));
        }
    }

    @Test
    void a_lost_file_of_the_lake_is_named(World world) throws Exception {
        write(world, 50);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            var lost = world.lake().events().files().getFirst();
            ObjectStore.delete(world, lost.location());
            JsonNode report = service.reconcile();
            assertThat(report.get("differences").valueStream())
                    .anySatisfy(d -> {
                        assertThat(d.get("where").asString()).isEqualTo("lake");
                        assertThat(d.get("problem").asString()).contains(lost.location());
                        assertThat(d.get("from").asLong()).isEqualTo(lost.firstOffset());
                        assertThat(d.get("to").asLong()).isEqualTo(lost.lastOffset() + 1);
                    })
                    .anySatisfy(d -> {
                        assertThat(d.get("where").asString()).isEqualTo("lake");
                        assertThat(d.get("partition").asInt()).isEqualTo(lost.partition());
                        assertThat(d.get("problem").asString()).isEqualTo("rows are missing");
                        assertThat(d.get("expectedRows").asLong() - d.get("rows").asLong())
                                .isEqualTo(lost.rowCount());
                    })
                    .noneMatch(d -> d.get("where").asString().equals("warehouse"));
        }
    }

    @Test
    void a_doubled_row_of_the_warehouse_is_named(World world) throws Exception {
        String account = write(world, 50);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            String where = " where account_id = '" + account + "' and version = 7";
            world.execute("insert into warehouse.events select * from warehouse.events" + where);
            long partition =
                    Long.parseLong(
                            world.sql("select kafka_partition from warehouse.events" + where)
                                    .getFirst());
            JsonNode report = service.reconcile();
            assertThat(report.get("differenceCount").asLong()).isEqualTo(1);
            JsonNode d = report.get("differences").get(0);
            assertThat(d.get("where").asString()).isEqualTo("warehouse");
            assertThat(d.get("partition").asLong()).isEqualTo(partition);
            assertThat(d.get("rows").asLong()).isEqualTo(d.get("expectedRows").asLong() + 1);
        }
    }

    @Test
    void a_row_with_another_price_and_a_lost_order_line_are_named(World world) throws Exception {
        String account = write(world, 50);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            String where = " where account_id = '" + account + "' and version = ";
            world.execute("update warehouse.events set unit_price = 0.0001" + where + 7);
            world.execute("delete from warehouse.order_lines" + where + 8);
            JsonNode report = service.reconcile();
            assertThat(
                            report.get("differences")
                                    .valueStream()
                                    .map(d -> d.get("problem").asString()))
                    .hasSize(2)
                    .anyMatch(p -> p.equals("rows differ in content"))
                    .anyMatch(p -> p.startsWith("order lines: net amount"));
        }
    }

    // The digest of an event does not hold its log time.
    @Test
    void a_row_that_is_of_another_day_is_found_by_day_alone(World world) throws Exception {
        String account = write(world, 50);
        try (RunningService service = RunningService.in(world, Map.of())) {
            service.post("/internal/flush");
            world.execute(
                    "update warehouse.events set recorded_at = timestamptz '2001-02-03 04:05:06Z'"
                            + " where account_id = '"
                            + account
                            + "' and version = 7");
            JsonNode report = service.reconcile();
            assertThat(report.get("differenceCount").asLong()).isZero();
            JsonNode wrong = report.at("/days/0");
            assertThat(wrong.get("day").asString()).isEqualTo("2001-02-03");
            assertThat(wrong.at("/log/rows").asLong()).isZero();
            assertThat(wrong.at("/lake/rows").asLong()).isZero();
            assertThat(wrong.at("/warehouse/rows").asLong()).isEqualTo(1);
        }
    }

    @Test
    void what_comes_in_after_the_start_of_a_check_is_no_difference(World world) throws Exception {
        write(world, 20);
        Lake lake = world.lake();
        world.flushAndLoad(lake);
        write(world, 20);
        try (RunningService service =
                RunningService.in(world, Map.of("cartlog.sink.roll-interval", "1h"))) {
            assertThat(service.reconcile().get("differenceCount").asLong()).isZero();
        }
    }

    @Test
    void an_unknown_setting_stops_the_start(World world) {
        assertThatThrownBy(() -> RunningService.in(world, Map.of("cartlog.sink.rol-bytes", "1MB")))
                .hasStackTraceContaining("cartlog.sink.rol-bytes");
    }

    @Test
    void a_missing_setting_stops_the_start_and_is_named(World world) {
        assertThatThrownBy(() -> RunningService.in(world, Map.of("cartlog.warehouse.url", "")))
                .hasStackTraceContaining("the setting cartlog.warehouse.url is missing");
    }

    @Test
    void a_dialect_that_is_missing_or_unknown_stops_the_start(World world) {
        assertThatThrownBy(() -> RunningService.in(world, Map.of("cartlog.warehouse.dialect", "")))
                .hasStackTraceContaining("the setting cartlog.warehouse.dialect is missing");
        assertThatThrownBy(() ->
                        RunningService.in(world, Map.of("cartlog.warehouse.dialect", "oracle")))
                .hasStackTraceContaining("oracle");
        assertThatThrownBy(() ->
                        RunningService.in(world, Map.of("cartlog.warehouse.dialect", "redshift")))
                .hasStackTraceContaining("the setting cartlog.warehouse.iam-role is missing");
        assertThatThrownBy(() ->
                        RunningService.in(
                                world,
                                Map.of(
                                        "cartlog.warehouse.dialect",
                                        "redshift",
                                        "cartlog.warehouse.iam-role",
                                        "arn:aws:iam::123456789012:role/r")))
                .hasStackTraceContaining("must begin with jdbc:redshift:");
    }

    /// @return the account that bought
    private static String write(World world, int count) {
        String account = world.account();
        List<RecordedEvent> events =
                IntStream.rangeClosed(1, count)
                        .mapToObj(n ->
                                SampleEvents.recorded(
                                        account, n, SampleEvents.sold(account, n, n, "2.55")))
                        .toList();
        world.log.write(events);
        return account;
    }
}
