package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.iceberg.CommitResult;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeAppend;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.iceberg.StoredFile;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.RowSource;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.Warehouse;
import io.cartlog.sink.warehouse.WarehouseException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From the log to lake and warehouse, each event once, whatever happens.
@ExtendWith(Stack.class)
class SinkIT {
    private static final AnalyticsSink.Roll OFTEN =
            new AnalyticsSink.Roll(32 << 20, Duration.ofMillis(50));

    // S0-27, S0-28
    @Test
    void every_event_reaches_lake_and_warehouse_once(World world) throws Exception {
        world.log.write(everyKind(world.account()));
        Lake lake = world.lake();
        world.flushAndLoad(lake);
        List<EventRow> inTheLake = World.rows(lake.events());
        assertThat(ids(inTheLake)).containsExactlyInAnyOrderElementsOf(world.eventIds());
        assertThat(world.warehouseRows()).containsExactlyInAnyOrderElementsOf(inTheLake);
    }

    @Test
    void a_row_of_the_lake_is_the_row_of_the_event(World world) throws Exception {
        List<RecordedEvent> events = everyKind(world.account());
        world.log.write(events);
        Lake lake = world.lake();
        world.flush(world.sink(lake));
        List<EventRow> rows = World.rows(lake.events());
        for (RecordedEvent event : events) {
            EventRow found = ofEvent(rows, event);
            assertThat(found)
                    .isEqualTo(EventRow.of(found.kafkaPartition(), found.kafkaOffset(), event));
        }
    }

    @Test
    void a_sink_begins_where_the_table_stands(World world) throws Exception {
        Lake lake = world.lake();
        world.log.write(added(world.account(), 10));
        AnalyticsSink first = world.sink(lake);
        world.flush(first);
        first.close();
        world.log.write(added(world.account(), 10));
        AnalyticsSink second = world.sink(lake);
        world.flush(second);
        assertThat(second.rowsWritten()).isEqualTo(10);
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void nothing_new_is_no_commit(World world) throws Exception {
        world.log.write(added(world.account(), 1));
        AnalyticsSink sink = world.sink(world.lake());
        LakeState before = world.flush(sink);
        assertThat(world.flush(sink)).isEqualTo(before);
    }

    @Test
    void the_position_passes_over_marks_of_transactions_and_aborted_events(World world)
            throws Exception {
        String account = world.account();
        world.log.writeAndAbort(added(account, 5));
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        LakeState state = world.flush(sink);
        assertThat(state.offsets().lagBehind(world.end())).isZero();
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void waiting_rows_are_committed_when_they_are_old_enough(World world) {
        world.log.write(added(world.account(), 3));
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake, world.topics.partitions(), OFTEN);
        World.await("all rows are in", () -> sink.state().offsets().covers(world.end()));
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void a_file_that_has_grown_is_closed_and_the_next_one_begun(World world) throws Exception {
        String account = world.account();
        world.log.write(added(account, 5_000));
        Lake lake = world.lake();
        AnalyticsSink.Roll small = new AnalyticsSink.Roll(1, Duration.ofHours(1));
        world.flush(world.sink(lake, world.topics.partitions(), small));
        List<StoredFile> files = lake.events().files();
        assertThat(files).hasSizeGreaterThanOrEqualTo(5);
        assertThat(files).allSatisfy(f -> assertThat(f.rowCount()).isLessThanOrEqualTo(1_000));
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    // S3-08
    @Test
    void events_of_two_hours_are_in_files_of_two_hours(World world) throws Exception {
        String account = world.account();
        world.log.write(
                List.of(
                        SampleEvents.recorded(account, 1, SampleEvents.added(1)),
                        SampleEvents.recorded(
                                account,
                                2,
                                SampleEvents.added(2),
                                SampleEvents.RECORDED.plus(Duration.ofHours(1)))));
        Lake lake = world.lake();
        world.flush(world.sink(lake));
        assertThat(lake.events().files().stream().map(StoredFile::location))
                .anyMatch(l -> l.contains("/recorded_at_hour=2026-01-02-03/"))
                .anyMatch(l -> l.contains("/recorded_at_hour=2026-01-02-04/"));
    }

    @Test
    void the_same_part_of_the_log_gives_the_same_files_byte_for_byte(World world) throws Exception {
        world.log.write(everyKind(world.account()));
        Map<String, byte[]> once = ObjectStore.of(world, filesOfAnEmptyLake(world));
        Map<String, byte[]> again = ObjectStore.of(world, filesOfAnEmptyLake(world));
        assertThat(once).isNotEmpty();
        assertThat(again.keySet()).isEqualTo(once.keySet());
        assertThat(again).allSatisfy((name, bytes) -> assertThat(bytes).isEqualTo(once.get(name)));
    }

    @Test
    void of_two_writers_at_the_same_place_one_is_refused(World world) {
        Lake lake = world.lake();
        List<EventRow> rows = rows(world.account(), 20);
        Offsets from = Offsets.of(Map.of(0, 0L));
        Offsets to = Offsets.of(Map.of(0, 20L));
        EventTable fast = lake.events();
        EventTable slow = lake.events();
        LakeAppend slowAppend = append(slow, rows);
        assertThat(fast.commit(append(fast, rows), from, to))
                .isInstanceOf(CommitResult.Committed.class);
        assertThat(slow.commit(slowAppend, from, to)).isEqualTo(new CommitResult.Refused(to));
        assertThat(World.rows(lake.events())).containsExactlyElementsOf(rows);
    }

    @Test
    void two_sinks_on_the_same_partitions_double_nothing(World world) {
        Lake lake = world.lake();
        AnalyticsSink one = world.sink(lake, world.topics.partitions(), OFTEN);
        AnalyticsSink other = world.sink(lake, world.topics.partitions(), OFTEN);
        for (int i = 0; i < 20; i++) {
            world.log.write(added(world.account(), 50));
        }
        Offsets end = world.end();
        World.await(
                "both see all",
                () -> one.state().offsets().covers(end) && other.state().offsets().covers(end));
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void two_sinks_share_the_partitions(World world) throws Exception {
        for (int i = 0; i < 20; i++) {
            world.log.write(added(world.account(), 10));
        }
        Lake lake = world.lake();
        Set<Integer> all = world.topics.partitions();
        AnalyticsSink one = world.sink(lake, Set.of(0), World.ONLY_WHEN_ASKED);
        Set<Integer> rest = new HashSet<>(all);
        rest.remove(0);
        AnalyticsSink other = world.sink(lake, rest, World.ONLY_WHEN_ASKED);
        world.flush(one);
        LakeState state = world.flush(other);
        assertThat(state.offsets()).isEqualTo(world.end());
        assertThat(one.refusedCommits() + other.refusedCommits()).isZero();
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void members_of_a_group_share_the_partitions_and_take_over_from_each_other(World world) {
        Lake lake = world.lake();
        AnalyticsSink one = world.sharingSink(lake, OFTEN);
        AnalyticsSink other = world.sharingSink(lake, OFTEN);
        World.await(
                "both write",
                () -> {
                    world.log.write(added(world.account(), 3));
                    return one.commits() > 2 && other.commits() > 2;
                });
        one.close();
        for (int i = 0; i < 20; i++) {
            world.log.write(added(world.account(), 3));
        }
        World.await("the other has all", () -> other.state().offsets().covers(world.end()));
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void a_flush_waits_for_what_others_read(World world) throws Exception {
        for (int i = 0; i < 20; i++) {
            world.log.write(added(world.account(), 3));
        }
        Lake lake = world.lake();
        Set<Integer> rest = new HashSet<>(world.topics.partitions());
        rest.remove(0);
        AnalyticsSink one = world.sink(lake, Set.of(0), World.ONLY_WHEN_ASKED);
        var flush = one.flush(world.end());
        world.sink(lake, rest, OFTEN);
        assertThat(flush.get(30, TimeUnit.SECONDS).offsets()).isEqualTo(world.end());
        assertThat(one.commits()).isEqualTo(1);
    }

    @Test
    void a_crash_between_files_and_commit_loses_and_doubles_nothing(World world) throws Exception {
        world.log.write(added(world.account(), 100));
        Wire wire = world.wireToTheDatabase();
        AnalyticsSink dying = world.sink(world.lake(wire.port()));
        wire.before("(?i)update iceberg_tables", wire::cut);
        var flush = dying.flush(world.end());
        World.await("the commit failed", () -> dying.failure() != null);
        dying.close();
        assertThat(wire.hasSnapped()).isTrue();
        assertThat(flush).isNotDone();
        Lake lake = world.lake();
        assertThat(ObjectStore.of(world, world.lakeFolder() + "/cart/events/data")).isNotEmpty();
        assertThat(World.rows(lake.events())).isEmpty();
        world.flushAndLoad(lake);
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
        assertThat(ids(world.warehouseRows()))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    /// Iceberg's own pool repeats the update, finds the table changed by itself, and removes the
    /// manifests of the snapshot that is in.
    @Test
    void a_commit_whose_answer_is_lost_is_in_once(World world) throws Exception {
        world.log.write(added(world.account(), 100));
        Wire wire = world.wireToTheDatabase();
        AnalyticsSink sink = world.sink(world.lake(wire.port()));
        wire.loseAnswerTo("UPDATE iceberg_tables");
        LakeState state = world.flush(sink);
        assertThat(wire.hasSnapped()).isTrue();
        assertThat(state.snapshots()).isEqualTo(1);
        assertThat(ids(World.rows(world.lake().events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    // S4-18
    @Test
    void a_warehouse_that_is_away_stops_nothing_and_is_loaded_later(World world) throws Exception {
        Lake lake = world.lake();
        Wire wire = world.wireToTheDatabase();
        wire.cut();
        WarehouseLoader loader = world.loader(lake.events(), world.warehouse(wire.port()));
        AnalyticsSink sink = world.sink(lake);
        world.log.write(added(world.account(), 10));
        world.flush(sink);
        World.await("the loader says why", () -> loader.failure() != null);
        world.log.write(added(world.account(), 10));
        LakeState state = world.flush(sink);
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
        wire.mend();
        World.loadUpTo(state, loader);
        assertThat(loader.failure()).isNull();
        assertThat(ids(world.warehouseRows()))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void a_crash_within_a_load_leaves_nothing_of_it(World world) throws Exception {
        Lake lake = world.lake();
        world.log.write(added(world.account(), 10));
        world.flush(world.sink(lake));
        LakeSnapshot snapshot = lake.events().snapshotsAfter(null).getFirst();
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        Wire wire = world.wireToTheDatabase();
        assertThatThrownBy(() ->
                        world.warehouse(wire.port())
                                .load(
                                        snapshot,
                                        lake.events().files(snapshot).stream()
                                                .map(file ->
                                                        with(
                                                                file,
                                                                taker -> {
                                                                    file.rows().forEach(taker);
                                                                    wire.cut();
                                                                }))
                                                .toList()))
                .isInstanceOf(WarehouseException.class);
        assertThat(warehouse.ledger()).isEqualTo(Ledger.EMPTY);
        assertThat(world.warehouseRows()).isEmpty();
    }

    @Test
    void loading_every_snapshot_twice_changes_nothing(World world) throws Exception {
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        world.log.write(everyKind(world.account()));
        world.flush(sink);
        world.log.write(everyKind(world.account()));
        world.flush(sink);
        EventTable table = lake.events();
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        List<LakeSnapshot> snapshots = table.snapshotsAfter(null);
        snapshots.forEach(s -> warehouse.load(s, table.files(s)));
        Ledger once = warehouse.ledger();
        List<String> lines = world.sql("select l::text from warehouse.order_lines l order by 1");
        warehouse.prepare();
        snapshots.forEach(s -> warehouse.load(s, table.files(s)));
        assertThat(snapshots).hasSize(2);
        assertThat(warehouse.ledger()).isEqualTo(once);
        assertThat(world.sql("select l::text from warehouse.order_lines l order by 1"))
                .isEqualTo(lines);
        assertThat(ids(world.warehouseRows()))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void two_loaders_double_nothing(World world) throws Exception {
        Lake lake = world.lake();
        WarehouseLoader one = world.loader(lake.events(), world.warehouse());
        WarehouseLoader other = world.loader(lake.events(), world.warehouse());
        AnalyticsSink sink = world.sink(lake);
        for (int i = 0; i < 5; i++) {
            world.log.write(added(world.account(), 20));
            LakeState state = world.flush(sink);
            one.wake();
            World.loadUpTo(state, other);
        }
        World.loadUpTo(sink.state(), one);
        assertThat(ids(world.warehouseRows()))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    @Test
    void a_gap_between_ledger_and_snapshot_is_refused(World world) throws Exception {
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        world.log.write(added(world.account(), 1));
        world.flush(sink);
        world.log.write(added(world.account(), 1));
        world.flush(sink);
        EventTable table = lake.events();
        LakeSnapshot second = table.snapshotsAfter(null).getLast();
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        assertThatThrownBy(() -> warehouse.load(second, table.files(second)))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("the warehouse stands at {}");
        assertThat(world.warehouseRows()).isEmpty();
    }

    @Test
    void a_snapshot_without_all_of_its_files_is_refused(World world) throws Exception {
        Lake lake = world.lake();
        world.log.write(added(world.account(), 2));
        world.flush(world.sink(lake));
        LakeSnapshot snapshot = lake.events().snapshotsAfter(null).getFirst();
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        assertThatThrownBy(() -> warehouse.load(snapshot, List.of()))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("its files have 0");
        assertThat(warehouse.ledger()).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void a_record_of_garbage_goes_to_the_dead_letters_and_the_rest_goes_on(World world)
            throws Exception {
        world.log.write(added(world.account(), 1));
        byte[] garbage = "{\"type\":\"ItemAdded\"}".getBytes(StandardCharsets.UTF_8);
        long offset = world.log.writeBytes(1, garbage);
        world.log.write(added(world.account(), 1));
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        LakeState state = world.flush(sink);
        assertThat(sink.unreadableRecords()).isPositive();
        assertThat(state.offsets().of(1)).isGreaterThan(offset);
        assertThat(ids(World.rows(lake.events())))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
        assertThat(DeadLetterTopic.read(world.addresses.kafka()))
                .anySatisfy(letter -> {
                    assertThat(letter.value()).isEqualTo(garbage);
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-topic"))
                            .isEqualTo("cart.events");
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-partition"))
                            .isEqualTo("1");
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-offset"))
                            .isEqualTo(Long.toString(offset));
                });
    }

    // S0-19, S1-17
    @Test
    void money_is_exact_in_lake_and_warehouse(World world) throws Exception {
        String order = world.account();
        List<String> prices =
                List.of("0", "0.001", "0.0001", "1", "10000", "9999.9999", "99999999999999.9999");
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < prices.size(); i++) {
            events.add(
                    SampleEvents.recorded(
                            order, i + 1, SampleEvents.sold(order, i + 1, 1, prices.get(i))));
        }
        events.add(SampleEvents.recorded(order, 8, SampleEvents.sold(order, 8, -3, "0.3333")));
        events.add(SampleEvents.recorded(order, 9, SampleEvents.sold(order, 9, 1, "-11062.06")));
        world.log.write(events);
        world.flushAndLoad(world.lake());
        assertThat(
                        world.sql(
                                "select unit_price || ' ' || amount from marts.order_lines"
                                        + " where order_id = '%s' order by line_no"
                                                .formatted(order)))
                .containsExactly(
                        "0.0000 0.0000",
                        "0.0010 0.0010",
                        "0.0001 0.0001",
                        "1.0000 1.0000",
                        "10000.0000 10000.0000",
                        "9999.9999 9999.9999",
                        "99999999999999.9999 99999999999999.9999",
                        "0.3333 -0.9999",
                        "-11062.0600 -11062.0600");
    }

    @Test
    void times_are_utc_in_the_warehouse(World world) throws Exception {
        String account = world.account();
        world.log.write(added(account, 1));
        world.flushAndLoad(world.lake());
        assertThat(
                        world.sql(
                                """
                                select (recorded_at at time zone 'UTC') || ' '
                                    || (occurred_at at time zone 'UTC')
                                from marts.cart_events where account_id = '%s'
                                """
                                        .formatted(account)))
                .containsExactly("2026-01-02 03:04:05.678 2010-12-01 08:26:00");
    }

    @Test
    void lines_of_checkouts_and_of_tills_are_order_lines(World world) throws Exception {
        String account = world.account();
        String checkout = "O-" + account;
        String till = "C" + account;
        world.log.write(
                List.of(
                        SampleEvents.recorded(
                                account, 1, SampleEvents.checkedOut(checkout, "199.99", "0.001")),
                        SampleEvents.recorded(account, 2, SampleEvents.sold(till, 1, -6, "2.55")),
                        SampleEvents.recorded(
                                "guest-" + account, 1, SampleEvents.sold(account, 1, 1, "5"))));
        world.flushAndLoad(world.lake());
        assertThat(
                        world.sql(
                                """
                                select concat_ws(' ', order_id, line_no,
                                    coalesce(account_id, 'nobody'), sku, quantity, amount, kind)
                                from marts.order_lines
                                where order_id in ('%s', '%s', '%s') order by order_id, line_no
                                """
                                        .formatted(checkout, till, account)))
                .containsExactlyInAnyOrder(
                        checkout + " 1 " + account + " P-1001 2 399.9800 SALE",
                        checkout + " 2 " + account + " P-1002 1 0.0010 SALE",
                        till + " 1 " + account + " 85123A -6 -15.3000 RETURN",
                        account + " 1 nobody 85123A 1 5.0000 SALE");
        assertThat(
                        world.sql(
                                "select concat_ws(' ', lines, quantity, amount, kind) from"
                                        + " marts.orders where order_id = '%s'"
                                                .formatted(checkout)))
                .containsExactly("2 3 399.9810 SALE");
    }

    @Test
    void the_column_of_lines_is_json_with_prices_as_text(World world) throws Exception {
        String account = world.account();
        world.log.write(
                List.of(
                        SampleEvents.recorded(
                                account, 1, SampleEvents.checkedOut("O-" + account, "0.1"))));
        world.flushAndLoad(world.lake());
        assertThat(
                        world.sql(
                                """
                                select concat_ws(' ', lines->0->>'sku', lines->0->>'category',
                                    jsonb_typeof(lines->0->'unit_price'), lines->0->>'unit_price')
                                from warehouse.events where account_id = '%s'
                                """
                                        .formatted(account)))
                .containsExactly("P-1001 TV \"4K\" \\ Möbel string 0.10");
    }

    /// Everything that is in the log, in a lake that was empty.
    ///
    /// @return the folder of its data files
    private static String filesOfAnEmptyLake(World world) throws Exception {
        World own = world.keep(World.on(world.addresses, world.log));
        own.flush(own.sink(own.lake()));
        return own.lakeFolder() + "/cart/events/data";
    }

    private static SnapshotFile with(SnapshotFile file, RowSource rows) {
        return new SnapshotFile(
                file.location(),
                file.bytes(),
                file.partition(),
                file.firstOffset(),
                file.lastOffset(),
                file.count(),
                rows);
    }

    private static LakeAppend append(EventTable table, List<EventRow> rows) {
        LakeAppend append = table.newAppend(1 << 20);
        rows.forEach(append::add);
        return append;
    }

    private static List<EventRow> rows(String account, int count) {
        List<RecordedEvent> events = added(account, count);
        return IntStream.range(0, count).mapToObj(i -> EventRow.of(0, i, events.get(i))).toList();
    }

    private static List<RecordedEvent> added(String account, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> SampleEvents.recorded(account, n, SampleEvents.added(n)))
                .toList();
    }

    private static List<RecordedEvent> everyKind(String account) {
        var events = SampleEvents.everyKind().toList();
        return IntStream.range(0, events.size())
                .mapToObj(i -> SampleEvents.recorded(account, i + 1, events.get(i)))
                .toList();
    }

    private static EventRow ofEvent(List<EventRow> rows, RecordedEvent event) {
        return rows.stream()
                .filter(r -> r.eventId().equals(event.eventId().toString()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ids(List<EventRow> rows) {
        return rows.stream().map(EventRow::eventId).toList();
    }
}
