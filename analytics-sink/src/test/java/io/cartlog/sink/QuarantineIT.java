package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.QuarantinedFile;
import io.cartlog.sink.warehouse.Retried;
import io.cartlog.sink.warehouse.Retried.Outcome;
import io.cartlog.sink.warehouse.Warehouse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// A file of the lake that nobody can load keeps no other file waiting, is named, and is loaded
/// once when it is repaired.
@ExtendWith(Stack.class)
class QuarantineIT {
    private static final List<String> POISONS = List.of("garbage", "cut", "emptied", "lost");

    // D, show 3
    @Test
    void of_poisoned_files_each_is_named_and_the_rest_is_in(World world) throws Exception {
        Lake lake = twoSnapshots(world);
        EventTable table = lake.events();
        List<SnapshotFile> files = filesOfTheFirst(table);
        assertThat(files).hasSizeGreaterThanOrEqualTo(POISONS.size());
        List<SnapshotFile> bad = files.subList(0, POISONS.size());
        List<byte[]> good = bad.stream().map(f -> ObjectStore.get(world, f.location())).toList();
        for (int i = 0; i < bad.size(); i++) {
            poison(world, POISONS.get(i), bad.get(i));
        }

        WarehouseLoader loader = world.loader(lake.events(), world.warehouse());
        World.loadUpTo(table.refresh(), loader);

        assertThat(loader.failure()).isNull();
        assertThat(loader.ledger().snapshots()).isEqualTo(2);
        assertThat(loader.ledger().quarantined()).isEqualTo(bad.size());
        assertThat(world.warehouse().quarantine())
                .extracting(QuarantinedFile::location)
                .containsExactlyElementsOf(bad.stream().map(SnapshotFile::location).toList());
        assertThat(world.warehouse().quarantine())
                .extracting(QuarantinedFile::problem)
                .satisfiesExactly(
                        garbage -> assertThat(garbage).contains("no readable Parquet"),
                        cut -> assertThat(cut).contains("bytes instead of"),
                        emptied -> assertThat(emptied).contains("0 bytes instead of"),
                        lost -> assertThat(lost).isEqualTo("the object is missing"));
        long missing = bad.stream().mapToLong(SnapshotFile::count).sum();
        assertThat(world.warehouseRows()).hasSize(world.eventIds().size() - (int) missing);
        assertThat(loader.ledger().rows()).isEqualTo(world.eventIds().size() - missing);

        Quarantine quarantine = new Quarantine(lake::events, world.warehouse(), loader::wake);
        assertThat(quarantine.retryAll())
                .hasSize(bad.size())
                .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.STILL_FAULTY));
        assertThat(quarantine.waiting()).allSatisfy(f -> assertThat(f.attempts()).isEqualTo(2));
        for (int i = 0; i < bad.size(); i++) {
            ObjectStore.put(world, bad.get(i).location(), good.get(i));
        }
        assertThat(quarantine.retry(bad.getFirst().location()).orElseThrow().outcome())
                .isEqualTo(Outcome.LOADED);
        assertThat(quarantine.retryAll())
                .hasSize(bad.size() - 1)
                .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(Outcome.LOADED));
        assertThat(quarantine.retryAll()).isEmpty();
        assertThat(quarantine.retry(bad.getFirst().location()).orElseThrow().outcome())
                .isEqualTo(Outcome.ALREADY_LOADED);
        assertThat(quarantine.retry(files.getLast().location() + "x")).isEmpty();
        everythingIsInOnce(world, table);
        Ledger whole = world.warehouse().ledger();
        assertThat(whole.quarantined()).isZero();
        assertThat(whole.rows()).isEqualTo(world.eventIds().size());
        assertThat(whole.orderLines())
                .isEqualTo(
                        Long.parseLong(
                                world.sql("select count(*) from warehouse.order_lines")
                                        .getFirst()));
        table.snapshotsAfter(null).forEach(s -> world.warehouse().load(s, table.files(s)));
        assertThat(world.warehouse().ledger()).isEqualTo(whole);
        everythingIsInOnce(world, table);
    }

    @Test
    void a_repaired_file_is_loaded_without_the_rows_of_other_hours_between_its_own(World world)
            throws Exception {
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        String account = world.account();
        world.log.write(
                IntStream.rangeClosed(1, 20)
                        .mapToObj(n ->
                                inAnotherHour(
                                        SampleEvents.recorded(
                                                account,
                                                n,
                                                SampleEvents.sold(account, n, n, "2.55")),
                                        n % 2))
                        .toList());
        world.flush(sink);
        sink.close();
        EventTable table = lake.events();
        List<SnapshotFile> files = filesOfTheFirst(table);
        SnapshotFile bad =
                files.stream()
                        .filter(file -> files.stream().anyMatch(other -> crosses(file, other)))
                        .findFirst()
                        .orElseThrow();
        byte[] good = ObjectStore.get(world, bad.location());
        poison(world, "garbage", bad);
        WarehouseLoader loader = world.loader(lake.events(), world.warehouse());
        World.loadUpTo(table.refresh(), loader);
        Quarantine quarantine = new Quarantine(lake::events, world.warehouse(), loader::wake);
        ObjectStore.put(world, bad.location(), good);

        assertThat(quarantine.retry(bad.location()).orElseThrow().outcome())
                .isEqualTo(Outcome.LOADED);
        everythingIsInOnce(world, table);
    }

    private static boolean crosses(SnapshotFile file, SnapshotFile other) {
        return !file.location().equals(other.location())
                && file.partition() == other.partition()
                && file.firstOffset() < other.lastOffset()
                && other.firstOffset() < file.lastOffset();
    }

    private static RecordedEvent inAnotherHour(RecordedEvent event, int hours) {
        return new RecordedEvent(
                event.eventId(),
                event.account(),
                event.version(),
                event.commandId(),
                event.fingerprint(),
                event.occurredAt(),
                event.recordedAt().plus(Duration.ofHours(hours)),
                event.event());
    }

    @Test
    void a_repaired_file_that_many_retry_beside_the_loader_is_loaded_once(World world)
            throws Exception {
        Lake lake = twoSnapshots(world);
        EventTable table = lake.events();
        SnapshotFile bad = filesOfTheFirst(table).getFirst();
        byte[] good = ObjectStore.get(world, bad.location());
        poison(world, "garbage", bad);
        List<LakeSnapshot> snapshots = table.snapshotsAfter(null);
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        warehouse.load(snapshots.getFirst(), table.files(snapshots.getFirst()));
        ObjectStore.put(world, bad.location(), good);

        WarehouseLoader loader = world.loader(lake.events(), world.warehouse());
        List<Retried> retried = retriedAtOnce(world, lake, bad.location(), 4);
        World.loadUpTo(table.refresh(), loader);

        assertThat(retried)
                .extracting(Retried::outcome)
                .containsOnlyOnce(Outcome.LOADED)
                .containsOnly(Outcome.LOADED, Outcome.ALREADY_LOADED);
        everythingIsInOnce(world, table);
        assertThat(warehouse.ledger().rows()).isEqualTo(world.eventIds().size());
    }

    private static List<Retried> retriedAtOnce(World world, Lake lake, String location, int times)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Retried>> attempts = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                Quarantine own = new Quarantine(lake::events, world.warehouse(), () -> {});
                attempts.add(
                        threads.submit(() -> {
                            start.await();
                            return own.retry(location).orElseThrow();
                        }));
            }
            List<Retried> outcomes = new ArrayList<>();
            for (Future<Retried> attempt : attempts) {
                outcomes.add(attempt.get());
            }
            return outcomes;
        }
    }

    /// Neither of the two is the file's fault, and the next attempt loads it all.
    @Test
    void a_store_that_is_away_puts_nothing_into_quarantine(World world) throws Exception {
        Lake lake = twoSnapshots(world);
        EventTable table = lake.events();
        LakeSnapshot first = table.snapshotsAfter(null).getFirst();
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        Wire wire = world.keep(new Wire(world.addresses.s3().getPort()));
        EventTable farAway = world.lakeWithObjectsAt(wire.port()).events();
        List<SnapshotFile> files = farAway.files(first);
        wire.cut();
        assertThatThrownBy(() -> warehouse.load(first, files))
                .isNotInstanceOf(FaultyFileException.class);
        assertThat(warehouse.quarantine()).isEmpty();
        assertThat(warehouse.ledger()).isEqualTo(Ledger.EMPTY);
        wire.mend();
        assertThat(warehouse.load(first, files).rows()).isEqualTo(first.rows());
    }

    @Test
    void a_file_with_other_rows_than_the_lake_says_is_not_loaded(World world) throws Exception {
        EventTable table = twoSnapshots(world).events();
        LakeSnapshot first = table.snapshotsAfter(null).getFirst();
        List<SnapshotFile> files = new ArrayList<>(table.files(first));
        SnapshotFile swapped = files.getFirst();
        SnapshotFile others = files.getLast();
        files.set(
                0,
                new SnapshotFile(
                        swapped.location(),
                        swapped.bytes(),
                        swapped.partition(),
                        swapped.firstOffset(),
                        swapped.lastOffset(),
                        swapped.count(),
                        others.rows()));
        Warehouse warehouse = world.warehouse();
        warehouse.prepare();
        Ledger ledger = warehouse.load(first, files);
        assertThat(ledger.quarantined()).isEqualTo(1);
        assertThat(ledger.rows()).isEqualTo(first.rows() - swapped.count());
        assertThat(warehouse.quarantine().getFirst().problem()).contains("the lake says");
    }

    @Test
    void a_range_in_quarantine_is_a_difference_until_it_is_loaded(World world) throws Exception {
        Lake lake = twoSnapshots(world);
        SnapshotFile bad = filesOfTheFirst(lake.events()).getFirst();
        byte[] good = ObjectStore.get(world, bad.location());
        poison(world, "garbage", bad);
        WarehouseLoader before = world.loader(lake.events(), world.warehouse());
        World.loadUpTo(lake.events().refresh(), before);
        before.close();

        try (RunningService restarted = RunningService.in(world, Map.of())) {
            JsonNode progress = restarted.post("/internal/flush");
            assertThat(progress.get("quarantined").asLong()).isEqualTo(1);
            assertThat(progress.get("failed").isNull()).isTrue();
            assertThat(restarted.text("/actuator/prometheus"))
                    .contains("cartlog_warehouse_quarantined 1.0");
            JsonNode waiting = restarted.get("/internal/quarantine").get("files");
            assertThat(waiting).hasSize(1);
            assertThat(waiting.get(0).get("location").asString()).isEqualTo(bad.location());
            ObjectStore.put(world, bad.location(), good);
            assertThat(restarted.reconcile().get("differences").valueStream())
                    .anySatisfy(d -> {
                        assertThat(d.get("where").asString()).isEqualTo("warehouse");
                        assertThat(d.get("problem").asString())
                                .contains(bad.location(), "is in quarantine");
                        assertThat(d.get("from").asLong()).isEqualTo(bad.firstOffset());
                        assertThat(d.get("to").asLong()).isEqualTo(bad.lastOffset() + 1);
                    });
            String retry = "/internal/quarantine/retry";
            assertThat(
                            restarted
                                    .post(retry + "?file=" + bad.location())
                                    .at("/files/0/outcome")
                                    .asString())
                    .isEqualTo("LOADED");
            assertThat(restarted.post(retry).get("files")).isEmpty();
            assertThat(restarted.reconcile().get("differenceCount").asLong()).isZero();
            aWarehouseThatIsSpoiltIsRebuilt(world, restarted);
        }
    }

    private static void aWarehouseThatIsSpoiltIsRebuilt(World world, RunningService service)
            throws Exception {
        JsonNode before = service.get("/internal/progress");
        world.execute("insert into warehouse.events select * from warehouse.events limit 3");
        world.execute("delete from warehouse.order_lines where line_no = 1");
        world.execute("update warehouse.load_ledger set rows = rows + 7");
        SnapshotFile lost = filesOfTheFirst(world.lake().events()).getLast();
        byte[] good = ObjectStore.get(world, lost.location());
        List<String> spoilt = world.sql("select l::text from warehouse.events l order by 1");
        ObjectStore.delete(world, lost.location());
        assertThat(service.lines("/internal/warehouse/rebuild").getLast().has("error")).isTrue();
        assertThat(world.sql("select l::text from warehouse.events l order by 1"))
                .isEqualTo(spoilt);
        ObjectStore.put(world, lost.location(), good);

        JsonNode last = service.lines("/internal/warehouse/rebuild").getLast();

        assertThat(last.at("/report/rebuilt").asBoolean()).as("%s", last).isTrue();
        assertThat(service.reconcile().get("differenceCount").asLong()).isZero();
        service.post("/internal/flush");
        World.await("the loader has seen it", () -> progress(service).equals(before));
    }

    private static JsonNode progress(RunningService service) {
        try {
            return service.get("/internal/progress");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// A lake of two commits of their own, the first with files in every partition.
    private static Lake twoSnapshots(World world) throws Exception {
        Lake lake = world.lake();
        AnalyticsSink sink = world.sink(lake);
        do {
            world.log.write(events(world.account()));
        } while (world.end().next().containsValue(0L));
        world.flush(sink);
        world.log.write(events(world.account()));
        world.flush(sink);
        sink.close();
        return lake;
    }

    private static List<RecordedEvent> events(String account) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(n ->
                        SampleEvents.recorded(
                                account,
                                n,
                                n % 5 == 0
                                        ? SampleEvents.checkedOut("O-" + account + n, "1.50", "2")
                                        : SampleEvents.sold(account, n, n, "2.55")))
                .toList();
    }

    private static List<SnapshotFile> filesOfTheFirst(EventTable table) {
        return table.files(table.snapshotsAfter(null).getFirst());
    }

    private static void poison(World world, String how, SnapshotFile file) {
        byte[] bytes = ObjectStore.get(world, file.location());
        switch (how) {
            case "garbage" -> {
                Arrays.fill(bytes, (byte) 'x');
                ObjectStore.put(world, file.location(), bytes);
            }
            case "cut" ->
                    ObjectStore.put(world, file.location(), Arrays.copyOf(bytes, bytes.length / 2));
            case "emptied" -> ObjectStore.put(world, file.location(), new byte[0]);
            case "lost" -> ObjectStore.delete(world, file.location());
            default -> throw new AssertionError(how);
        }
    }

    private static void everythingIsInOnce(World world, EventTable table) {
        assertThat(world.warehouseRows())
                .containsExactlyInAnyOrderElementsOf(World.rows(table))
                .extracting(EventRow::eventId)
                .containsExactlyInAnyOrderElementsOf(world.eventIds());
    }
}
