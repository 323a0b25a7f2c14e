package io.cartlog.sink;

import io.cartlog.localstack.Addresses;
import io.cartlog.service.tracing.Tracing;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeSettings;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.intake.DeadLetters;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.intake.LogTopics;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Bucket;
import io.cartlog.sink.warehouse.Warehouse;
import io.cartlog.sink.warehouse.WarehouseSettings;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A lake and a warehouse of a test's own, empty at first, beside the log that all tests share.
final class World implements AutoCloseable {
    static final AnalyticsSink.Roll ONLY_WHEN_ASKED =
            new AnalyticsSink.Roll(32 << 20, Duration.ofHours(1));
    private static final AtomicInteger COUNT = new AtomicInteger();

    final Addresses addresses;
    final LogWriter log;
    final LogTopics topics;
    private final String name = "world_" + COUNT.incrementAndGet();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private World(Addresses addresses, LogWriter log) {
        this.addresses = addresses;
        this.log = log;
        this.topics = keep(new LogTopics(addresses.kafka()));
    }

    static World on(Addresses addresses, LogWriter log) {
        World world = new World(addresses, log);
        execute(
                addresses.jdbcUrl().replaceFirst("/[a-z]+$", "/postgres"),
                "postgres",
                "create database " + world.name + " owner cartlog");
        return world;
    }

    /// An account that no other test uses.
    String account() {
        return "account-" + COUNT.incrementAndGet();
    }

    /// The newest end of the log.
    Offsets end() {
        return topics.end(topics.partitions());
    }

    int databasePort() {
        return URI.create(addresses.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    /// @param port of the database, or of a wire to it
    String jdbcUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
    }

    String lakeFolder() {
        return "s3://" + addresses.bucket() + "/" + name;
    }

    Lake lake() {
        return lake(databasePort());
    }

    Lake lake(int catalogPort) {
        return lake(catalogPort, addresses.s3());
    }

    /// @param port of the object store, or of a wire to it
    Lake lakeWithObjectsAt(int port) {
        return lake(databasePort(), URI.create("http://127.0.0.1:" + port));
    }

    Lake lake(int catalogPort, URI objects) {
        return keep(
                Lake.open(
                        new LakeSettings(
                                jdbcUrl(catalogPort),
                                addresses.jdbcUser(),
                                addresses.jdbcPassword(),
                                "catalog",
                                lakeFolder(),
                                new LakeSettings.ObjectStore(
                                        objects,
                                        addresses.region(),
                                        addresses.accessKey(),
                                        addresses.secretKey()))));
    }

    Warehouse warehouse() {
        return warehouse(databasePort());
    }

    Warehouse warehouse(int port) {
        return new Warehouse(
                new WarehouseSettings(
                        WarehouseSettings.Kind.POSTGRESQL,
                        jdbcUrl(port),
                        addresses.jdbcUser(),
                        addresses.jdbcPassword(),
                        null,
                        lakeFolder() + "/manifests"),
                new NoBucket());
    }

    /// PostgreSQL reads no manifests.
    private record NoBucket() implements Bucket {
        @Override
        public void put(String location, byte[] content) {
            throw new AssertionError("written: " + location);
        }

        @Override
        public void delete(String location) {
            throw new AssertionError("deleted: " + location);
        }
    }

    Wire wireToTheDatabase() {
        return keep(new Wire(databasePort()));
    }

    Wire wireToTheObjects() {
        return keep(new Wire(addresses.s3().getPort()));
    }

    /// The object store at the end of a wire.
    static URI objects(Wire wire) {
        return URI.create("http://127.0.0.1:" + wire.port());
    }

    /// Of this world alone.
    String group() {
        return "sink-" + name;
    }

    AnalyticsSink sink(Lake lake) {
        return sink(lake, topics.partitions(), ONLY_WHEN_ASKED);
    }

    AnalyticsSink sink(Lake lake, Set<Integer> partitions, AnalyticsSink.Roll roll) {
        return sink(EventLog.open(addresses.kafka(), Offsets.of(zero(partitions))), lake, roll);
    }

    /// One of several that share the partitions.
    AnalyticsSink sharingSink(Lake lake, AnalyticsSink.Roll roll) {
        Duration session = Duration.ofSeconds(2);
        return sink(
                EventLog.share(addresses.kafka(), topics.partitions(), group(), session),
                lake,
                roll);
    }

    private AnalyticsSink sink(EventLog events, Lake lake, AnalyticsSink.Roll roll) {
        AnalyticsSink sink =
                new AnalyticsSink(
                        events,
                        lake.events(),
                        new DeadLetters(addresses.kafka()),
                        roll,
                        new FollowedEvents(Tracing.OFF),
                        _ -> {});
        sink.start();
        return keep(sink);
    }

    WarehouseLoader loader(EventTable lake, Warehouse warehouse) {
        WarehouseLoader loader =
                new WarehouseLoader(lake, warehouse, new FollowedEvents(Tracing.OFF));
        loader.start();
        return keep(loader);
    }

    /// Everything that is in the log, into the lake.
    LakeState flush(AnalyticsSink sink) throws Exception {
        Offsets end = end().in(Offsets.of(zero(sink.partitions())));
        return sink.flush(end).get(60, TimeUnit.SECONDS);
    }

    /// Everything that is in the log, into a lake and a warehouse.
    void flushAndLoad(Lake lake) throws Exception {
        LakeState state = flush(sink(lake));
        loadUpTo(state, loader(lake.events(), warehouse()));
    }

    static void loadUpTo(LakeState state, WarehouseLoader loader) throws InterruptedException {
        if (!loader.awaitLoaded(state.sequenceNumber(), Duration.ofSeconds(60))) {
            throw new AssertionError("not loaded within a minute: " + loader.failure());
        }
    }

    static List<EventRow> rows(EventTable lake) {
        List<EventRow> rows = new ArrayList<>();
        lake.files().forEach(file -> file.rows().forEach(rows::add));
        return rows;
    }

    List<EventRow> warehouseRows() {
        List<EventRow> rows = new ArrayList<>();
        warehouse().read(contents -> contents.forEachEvent(rows::add));
        return rows;
    }

    /// The ids of every event in the log.
    List<String> eventIds() {
        return log.committed().stream().map(e -> e.eventId().toString()).toList();
    }

    /// The first column of the answer, as text.
    List<String> sql(String query) throws SQLException {
        try (Connection c = connect();
                Statement sql = c.createStatement();
                ResultSet r = sql.executeQuery(query)) {
            List<String> column = new ArrayList<>();
            while (r.next()) {
                column.add(r.getString(1));
            }
            return column;
        }
    }

    void execute(String statement) {
        execute(jdbcUrl(databasePort()), addresses.jdbcUser(), statement);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError("not closed: " + closeable, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                jdbcUrl(databasePort()), addresses.jdbcUser(), addresses.jdbcPassword());
    }

    private static Map<Integer, Long> zero(Set<Integer> partitions) {
        return partitions.stream().collect(Collectors.toMap(p -> p, _ -> 0L));
    }

    private static void execute(String url, String user, String statement) {
        try (Connection c = DriverManager.getConnection(url, user, "cartlog");
                Statement sql = c.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }
}
