package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeAppend;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.iceberg.LakeUpkeep;
import io.cartlog.sink.iceberg.LakeUpkeep.Compacted;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.Warehouse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The files of the lake: few, none too many, none too soon gone.
@ExtendWith(Stack.class)
class LakeIT {
    private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");
    private static final long LARGE = 1 << 20;

    @Test
    void a_compaction_makes_one_file_of_many_and_changes_no_row(World world) {
        Lake lake = world.lake();
        List<EventRow> rows = commits(lake, world.account(), 5);
        Compacted compacted = lake.upkeep().compact(LARGE);
        assertThat(compacted).isEqualTo(new Compacted(5, 1, 50));
        assertThat(lake.events().files()).hasSize(1);
        assertThat(World.rows(lake.events())).containsExactlyElementsOf(rows);
        assertThat(lake.events().refresh().offsets()).isEqualTo(at(50));
        assertThat(lake.upkeep().compact(LARGE).filesBefore()).isZero();
    }

    @Test
    void a_compaction_loads_nothing_again(World world) {
        Lake lake = world.lake();
        commits(lake, world.account(), 3);
        Warehouse warehouse = warehouse(world);
        load(lake, warehouse);
        lake.upkeep().compact(LARGE);
        Ledger ledger = load(lake, warehouse);
        assertThat(ledger.rows()).isEqualTo(30);
        assertThat(ledger.offsets()).isEqualTo(at(30));
        assertThat(world.warehouseRows()).hasSize(30);
    }

    @Test
    void compactions_between_commits_neither_set_the_position_back_nor_lose_rows(World world) {
        Lake lake = world.lake();
        String account = world.account();
        var writer = CompletableFuture.supplyAsync(() -> commits(lake, account, 12));
        LakeUpkeep upkeep = lake.upkeep();
        long compacted = 0;
        while (!writer.isDone()) {
            compacted += upkeep.compact(LARGE).filesBefore();
        }
        assertThat(compacted).isPositive();
        assertThat(lake.events().refresh().offsets()).isEqualTo(at(120));
        assertThat(World.rows(lake.events())).containsExactlyInAnyOrderElementsOf(writer.join());
        assertThat(load(lake, warehouse(world)).rows()).isEqualTo(120);
    }

    private static Warehouse warehouse(World world) {
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        return warehouse;
    }

    @Test
    void a_lost_file_does_not_keep_others_from_being_compacted(World world) {
        Lake lake = world.lake();
        EventTable table = lake.events();
        commits(lake, world.account(), 3);
        List<RecordedEvent> events = events(world.account(), 10);
        List<EventRow> other =
                IntStream.range(0, 10).mapToObj(i -> EventRow.of(1, i, events.get(i))).toList();
        Offsets start = Offsets.of(Map.of(1, 0L));
        table.commit(append(table, other.subList(0, 5)), start, Offsets.of(Map.of(1, 5L)));
        table.commit(
                append(table, other.subList(5, 10)),
                Offsets.of(Map.of(1, 5L)),
                Offsets.of(Map.of(1, 10L)));
        ObjectStore.delete(world, table.files().getFirst().location());
        assertThat(lake.upkeep().compact(LARGE)).isEqualTo(new Compacted(2, 1, 10));
        assertThat(lake.events().files()).hasSize(4);
    }

    @Test
    void snapshots_that_the_warehouse_lacks_do_not_expire(World world) {
        Lake lake = world.lake();
        commits(lake, world.account(), 4);
        List<LakeSnapshot> all = lake.events().snapshotsAfter(null);
        LakeUpkeep upkeep = lake.upkeep();
        upkeep.compact(LARGE);
        assertThat(upkeep.expire(LATER, null)).isZero();
        assertThat(upkeep.expire(LATER, all.get(1).id())).isEqualTo(1);
        EventTable table = lake.events();
        assertThat(table.snapshotsAfter(all.get(1).id()).stream().map(LakeSnapshot::rows))
                .containsExactly(10L, 10L, 0L);
        assertThat(rowsOf(table, all.get(2))).hasSize(10);
        assertThat(rowsOf(table, all.get(3))).hasSize(10);
        assertThatThrownBy(() -> upkeep.expire(LATER, all.getFirst().id()))
                .hasMessageContaining("the lake has no snapshot");
    }

    @Test
    void a_young_snapshot_does_not_expire(World world) {
        Lake lake = world.lake();
        commits(lake, world.account(), 4);
        List<LakeSnapshot> all = lake.events().snapshotsAfter(null);
        assertThat(lake.upkeep().expire(Instant.EPOCH, all.getLast().id())).isZero();
        assertThat(lake.events().snapshotsAfter(null)).hasSize(4);
    }

    @Test
    void expiry_removes_the_files_that_were_compacted_and_keeps_position_and_rows(World world) {
        Lake lake = world.lake();
        List<EventRow> rows = commits(lake, world.account(), 4);
        LakeUpkeep upkeep = lake.upkeep();
        upkeep.compact(LARGE);
        upkeep.expire(LATER, lake.events().snapshotsAfter(null).getLast().id());
        assertThat(dataFiles(world)).hasSize(1);
        assertThat(lake.events().refresh().offsets()).isEqualTo(at(40));
        assertThat(World.rows(lake.events())).containsExactlyElementsOf(rows);
    }

    @Test
    void an_empty_warehouse_is_filled_from_a_lake_whose_first_snapshots_have_expired(World world) {
        Lake lake = world.lake();
        String account = world.account();
        commits(lake, account, 4);
        lake.upkeep().expire(LATER, lake.events().snapshotsAfter(null).get(2).id());
        Ledger ledger = load(lake, warehouse(world));
        assertThat(ledger.snapshots()).isEqualTo(2);
        assertThat(ledger.offsets()).isEqualTo(at(40));
        assertThat(world.warehouseRows()).containsExactlyInAnyOrderElementsOf(rows(account, 0, 40));
    }

    @Test
    void what_a_refused_writer_left_behind_is_removed_when_it_is_old(World world) {
        Lake lake = world.lake();
        String account = world.account();
        EventTable fast = lake.events();
        EventTable slow = lake.events();
        fast.commit(append(fast, rows(account, 0, 10)), at(0), at(10));
        slow.commit(append(slow, rows(account, 0, 20)), at(0), at(20));
        assertThat(dataFiles(world)).hasSize(2);
        LakeUpkeep upkeep = lake.upkeep();
        assertThat(upkeep.clean(Instant.EPOCH)).isEmpty();
        assertThat(upkeep.clean(LATER)).hasSize(1);
        assertThat(dataFiles(world)).hasSize(1);
        assertThat(World.rows(lake.events())).containsExactlyElementsOf(rows(account, 0, 10));
    }

    /// Its name tells that the table does not stand behind it yet.
    @Test
    void a_file_that_somebody_may_be_about_to_commit_is_not_removed_however_old(World world) {
        Lake lake = world.lake();
        String account = world.account();
        EventTable table = lake.events();
        table.commit(append(table, rows(account, 0, 10)), at(0), at(10));
        EventTable slow = lake.events();
        slow.commit(append(slow, rows(account, 10, 20)), at(9), at(20));
        assertThat(dataFiles(world)).hasSize(2);
        assertThat(lake.upkeep().clean(LATER)).isEmpty();
        table.commit(append(table, rows(account, 10, 20)), at(10), at(20));
        assertThat(lake.upkeep().clean(LATER)).isEmpty();
        assertThat(World.rows(lake.events())).containsExactlyElementsOf(rows(account, 0, 20));
    }

    // S4-18
    @Test
    void while_the_object_store_is_away_nothing_is_lost(World world) throws Exception {
        Wire wire = world.wireToTheObjects();
        AnalyticsSink sink = world.sink(world.lake(world.databasePort(), World.objects(wire)));
        world.log.write(events(world.account(), 10));
        world.flush(sink);
        wire.cut();
        world.log.write(events(world.account(), 10));
        var flush = sink.flush(world.end());
        World.await("the sink says why", () -> sink.failure() != null);
        world.log.write(events(world.account(), 10));
        assertThat(flush).isNotDone();
        wire.mend();
        LakeState state = world.flush(sink);
        assertThat(state.rows()).isEqualTo(world.eventIds().size());
        assertThat(World.rows(world.lake().events()).stream().map(EventRow::eventId))
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }

    /// As many commits of ten rows each.
    private static List<EventRow> commits(Lake lake, String account, int count) {
        List<EventRow> rows = rows(account, 0, 10 * count);
        EventTable table = lake.events();
        for (int from = 0; from < rows.size(); from += 10) {
            table.commit(append(table, rows.subList(from, from + 10)), at(from), at(from + 10));
        }
        return rows;
    }

    private static Ledger load(Lake lake, Warehouse warehouse) {
        EventTable table = lake.events();
        table.snapshotsAfter(warehouse.ledger().newestSnapshot())
                .forEach(s -> warehouse.load(s, table.files(s)));
        return warehouse.ledger();
    }

    private static Map<String, byte[]> dataFiles(World world) {
        return ObjectStore.of(world, world.lakeFolder() + "/cart/events/data");
    }

    private static List<EventRow> rowsOf(EventTable table, LakeSnapshot snapshot) {
        List<EventRow> rows = new ArrayList<>();
        table.files(snapshot).forEach(file -> file.rows().forEach(rows::add));
        return rows;
    }

    private static LakeAppend append(EventTable table, List<EventRow> rows) {
        LakeAppend append = table.newAppend(1 << 20);
        rows.forEach(append::add);
        return append;
    }

    private static Offsets at(long offset) {
        return Offsets.of(Map.of(0, offset));
    }

    private static List<EventRow> rows(String account, int from, int to) {
        List<RecordedEvent> events = events(account, to);
        return IntStream.range(from, to).mapToObj(i -> EventRow.of(0, i, events.get(i))).toList();
    }

    private static List<RecordedEvent> events(String account, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> SampleEvents.recorded(account, n, SampleEvents.added(n)))
                .toList();
    }
}
