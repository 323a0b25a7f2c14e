package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.Bucket;
import io.cartlog.sink.warehouse.Contents.LineTotal;
import io.cartlog.sink.warehouse.Ledger;
import io.cartlog.sink.warehouse.Retried;
import io.cartlog.sink.warehouse.Warehouse;
import io.cartlog.sink.warehouse.WarehouseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What Redshift is told, by its own driver, as far as a PostgreSQL can follow.
@ExtendWith(Stack.class)
class RedshiftIT {
    private static final Path SCRIPTS = Path.of("src/test/resources/io/cartlog/sink");

    /// A warehouse that speaks Redshift, and what was said.
    private record Cluster(Warehouse warehouse, RedshiftProxy proxy, List<String> manifests) {
        static Cluster in(World world, Lake lake) {
            RedshiftProxy proxy =
                    world.keep(
                            new RedshiftProxy(
                                    world.databasePort(),
                                    world.addresses.jdbcPassword(),
                                    new RedshiftSql(world, lake.events())));
            List<String> manifests = new ArrayList<>();
            WarehouseSettings settings =
                    new WarehouseSettings(
                            WarehouseSettings.Kind.REDSHIFT,
                            world.jdbcUrl(proxy.port()).replace("postgresql", "redshift")
                                    + "?ssl=false",
                            world.addresses.jdbcUser(),
                            world.addresses.jdbcPassword(),
                            "arn:aws:iam::123456789012:role/reads-the-lake",
                            world.lakeFolder() + "/manifests");
            Warehouse warehouse =
                    new Warehouse(settings, new Remembering(new LakeBucket(lake), manifests));
            warehouse.prepare();
            proxy.statements();
            return new Cluster(warehouse, proxy, manifests);
        }

        /// What was said since the last time, in one text without what differs from run to run.
        String script(World world) {
            return proxy.statements().stream()
                            .filter(s -> !s.startsWith("BEGIN") && !s.startsWith("SET "))
                            .map(s -> s.strip().replace(world.lakeFolder(), "s3://bucket/lake"))
                            .map(s -> s.replaceAll("manifests/[\\d-]+", "manifests/1-NUMBER"))
                            .map(s -> s.replaceAll("retry-\\d+-\\d+", "retry-PARTITION-OFFSET"))
                            .collect(Collectors.joining(";\n\n"))
                    + ";\n";
        }
    }

    private record Remembering(Bucket bucket, List<String> contents) implements Bucket {
        @Override
        public void put(String location, byte[] content) {
            contents.add(new String(content, UTF_8));
            bucket.put(location, content);
        }

        @Override
        public void delete(String location) {
            bucket.delete(location);
        }
    }

    // S1-12, S4-06
    @Test
    void a_snapshot_is_loaded_by_one_copy_of_a_manifest(World world) throws Exception {
        Lake lake = filled(world);
        EventTable table = lake.events();
        Cluster cluster = Cluster.in(world, lake);
        LakeSnapshot snapshot = table.snapshotsAfter(null).getFirst();

        Ledger ledger = cluster.warehouse.load(snapshot, table.files(snapshot));

        assertGolden("redshift-load.sql", cluster.script(world));
        assertThat(cluster.manifests)
                .containsExactly(
                        table.files(snapshot).stream()
                                .map(RedshiftIT::entry)
                                .collect(Collectors.joining(",", "{\"entries\":[", "]}")));
        assertThat(ObjectStore.of(world, world.lakeFolder() + "/manifests")).isEmpty();
        assertThat(ledger.rows()).isEqualTo(snapshot.rows());
        assertThat(cluster.warehouse.load(snapshot, table.files(snapshot))).isEqualTo(ledger);
        assertThat(rows(cluster.warehouse)).isEqualTo(sorted(World.rows(table)));
        sameAsInPostgres(world, cluster, table);
    }

    private static void sameAsInPostgres(World world, Cluster cluster, EventTable table)
            throws Exception {
        World other = world.keep(World.on(world.addresses, world.log));
        Warehouse postgres = other.warehouse();
        postgres.prepare();
        table.snapshotsAfter(null).forEach(s -> postgres.load(s, table.files(s)));
        String lines = "select l::text from warehouse.order_lines l order by 1";
        assertThat(world.sql(lines)).isNotEmpty().isEqualTo(other.sql(lines));
        assertThat(lineTotals(cluster.warehouse, table)).isEqualTo(lineTotals(postgres, table));
        String question = "select concat_ws(' ', period, sales) from marts.sales_by_month";
        assertThat(world.sql(question)).isEqualTo(other.sql(question));
    }

    @Test
    void a_load_that_is_not_serializable_is_tried_again(World world) throws Exception {
        Lake lake = filled(world);
        EventTable table = lake.events();
        Cluster cluster = Cluster.in(world, lake);
        world.execute("create sequence conflicts");
        world.execute(
                """
                create function conflict() returns trigger language plpgsql as $$
                begin
                    if nextval('conflicts') < 4 then
                        raise exception '1023' using errcode = 'XX000', detail =
                            'Serializable isolation violation on table - 1, transactions: 2, 3';
                    end if;
                    return new;
                end $$
                """);
        world.execute(
                "create trigger conflict before insert on warehouse.load_ledger"
                        + " for each row execute function conflict()");
        LakeSnapshot snapshot = table.snapshotsAfter(null).getFirst();

        cluster.warehouse.load(snapshot, table.files(snapshot));

        assertThat(world.sql("select last_value from conflicts")).containsExactly("4");
        assertThat(rows(cluster.warehouse)).isEqualTo(sorted(World.rows(table)));
    }

    @Test
    void a_file_that_copy_refuses_is_in_quarantine_until_it_is_repaired(World world)
            throws Exception {
        Lake lake = filled(world);
        EventTable table = lake.events();
        LakeSnapshot snapshot = table.snapshotsAfter(null).getFirst();
        SnapshotFile bad = table.files(snapshot).getFirst();
        byte[] good = ObjectStore.get(world, bad.location());
        byte[] garbage = new byte[good.length];
        Arrays.fill(garbage, (byte) 'x');
        ObjectStore.put(world, bad.location(), garbage);
        Cluster cluster = Cluster.in(world, lake);

        Ledger ledger = cluster.warehouse.load(snapshot, table.files(snapshot));

        assertThat(ledger.quarantined()).isEqualTo(1);
        assertThat(ledger.rows()).isEqualTo(snapshot.rows() - bad.count());
        ObjectStore.put(world, bad.location(), good);
        cluster.proxy.statements();
        Quarantine quarantine = new Quarantine(lake::events, cluster.warehouse, () -> {});
        assertThat(quarantine.retryAll())
                .containsExactly(new Retried(bad.location(), Retried.Outcome.LOADED, null));
        assertGolden("redshift-retry.sql", cluster.script(world));
        assertThat(quarantine.retryAll()).isEmpty();
        assertThat(rows(cluster.warehouse)).isEqualTo(sorted(World.rows(table)));
    }

    private static Lake filled(World world) throws Exception {
        String account = world.account();
        var events = SampleEvents.everyKind().toList();
        world.log.write(
                IntStream.range(0, events.size())
                        .mapToObj(i -> SampleEvents.recorded(account, i + 1, events.get(i)))
                        .toList());
        Lake lake = world.lake();
        world.flush(world.sink(lake));
        return lake;
    }

    private static String entry(SnapshotFile file) {
        return "{\"url\":\"%s\",\"mandatory\":true,\"meta\":{\"content_length\":%d}}"
                .formatted(file.location(), file.bytes());
    }

    private static List<EventRow> rows(Warehouse warehouse) {
        List<EventRow> rows = new ArrayList<>();
        warehouse.read(contents -> contents.forEachEvent(rows::add));
        return sorted(rows);
    }

    private static List<LineTotal> lineTotals(Warehouse warehouse, EventTable table) {
        List<LineTotal> totals = new ArrayList<>();
        Offsets to = table.refresh().offsets();
        warehouse.read(contents -> contents.forEachLineTotal(10_000, to, totals::add));
        totals.sort(
                Comparator.comparingInt(LineTotal::partition).thenComparingLong(LineTotal::range));
        return totals;
    }

    private static List<EventRow> sorted(List<EventRow> rows) {
        return rows.stream()
                .sorted(
                        Comparator.comparingInt(EventRow::kafkaPartition)
                                .thenComparingLong(EventRow::kafkaOffset))
                .toList();
    }

    /// With `-Dcartlog.docs=write` it is written.
    private static void assertGolden(String name, String script) throws IOException {
        Path file = SCRIPTS.resolve(name);
        if ("write".equals(System.getProperty("cartlog.docs"))) {
            Files.createDirectories(SCRIPTS);
            Files.writeString(file, script, UTF_8);
        }
        assertThat(script).isEqualTo(Files.readString(file, UTF_8));
    }
}
