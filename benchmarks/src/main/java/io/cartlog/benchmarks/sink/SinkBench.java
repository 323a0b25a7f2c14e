package io.cartlog.benchmarks.sink;

import io.cartlog.benchmarks.sink.SinkFigures.FileRates;
import io.cartlog.benchmarks.sink.SinkFigures.Freshness;
import io.cartlog.benchmarks.sink.SinkFigures.Load;
import io.cartlog.benchmarks.sink.SinkFigures.Throughput;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.intake.LogTopics;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.warehouse.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/// Measures the sink. Arguments: rows; seconds for which single events are followed; jar of the
/// service; an empty folder; the file for the figures, as JSON; the folder with the jars of the
/// peer, if it is wanted.
public final class SinkBench {
    private static final String LAKE = "lake";
    private static final String NO_WAREHOUSE = "jdbc:postgresql://127.0.0.1:1/nobody";
    private static final String EVENTS = Topics.EVENTS.name();
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    private final Place place;
    private final Path jar;
    private final long rows;
    private final Duration followed;
    private final @Nullable Path peerLib;

    /// Events in the log so far. Those before the measured ones make every process warm.
    private long written;

    private SinkBench(Place place, Path jar, long rows, Duration followed, @Nullable Path peerLib) {
        this.place = place;
        this.jar = jar;
        this.rows = rows;
        this.followed = followed;
        this.peerLib = peerLib;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[3]);
        LocalStackSettings settings =
                LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.S3, Part.POSTGRES);
        try (LocalStack stack = LocalStack.start(settings)) {
            SinkBench bench =
                    new SinkBench(
                            new Place(stack.addresses(), folder),
                            Path.of(args[2]),
                            Long.parseLong(args[0]),
                            Duration.ofSeconds(Long.parseLong(args[1])),
                            args.length > 5 ? Path.of(args[5]) : null);
            String figures = JSON.writeValueAsString(bench.measure());
            Files.writeString(Path.of(args[4]), figures);
        }
    }

    private SinkFigures measure() throws Exception {
        try (LogTopics topics = new LogTopics(place.at().kafka())) {
            topics.ensure(LocalStackSettings.DEFAULT_PARTITIONS, (short) 1);
        }
        FileRates files = files();
        try (Lake lake = place.lake(LAKE)) {
            Lakes lakes = lakes(lake.events());
            Load load = load(lake.events());
            List<Freshness> fresh =
                    List.of(
                            freshness("defaults", Map.of()),
                            freshness(
                                    "roll-interval=1s",
                                    Map.of("cartlog.sink.roll-interval", "1s")));
            return SinkFigures.of(rows, files, lakes.sink, lakes.peer, load, fresh);
        }
    }

    private FileRates files() throws SQLException {
        Place.say("files, one thread");
        try (Lake lake = place.lake("files")) {
            FileSpeed speed = new FileSpeed(lake.events());
            long decode = speed.decode(rows);
            long objects = speed.objectsToFiles(rows / 2);
            return told(new FileRates(decode, speed.bytesToFiles(rows), objects));
        } finally {
            place.forgetTables();
        }
    }

    private record Lakes(Throughput sink, @Nullable Throughput peer) {}

    /// Ours while the peer rests, then the peer.
    private Lakes lakes(EventTable table)
            throws IOException, ExecutionException, InterruptedException {
        write(rows / 4);
        if (peerLib == null) {
            return new Lakes(sink(table), null);
        }
        Place.say("starting Kafka Connect");
        try (Peer peer = new Peer(place, peerLib);
                MeasuredProcess connect = peer.start()) {
            Place.await("rows to be warm in its lake", connect, written, peer::rows);
            peer.pause();
            Throughput sink = sink(table);
            Place.say("broker to snapshot, Kafka Connect");
            return new Lakes(
                    sink,
                    throughput("Kafka Connect, Iceberg sink", connect, peer::resume, peer::rows));
        }
    }

    private Throughput sink(EventTable table) {
        Place.say("broker to snapshot");
        try (MeasuredProcess service = place.service("sink", jar, LAKE, NO_WAREHOUSE, Map.of())) {
            LongSupplier rowsInTheLake = () -> table.refresh().rows();
            Place.await("rows to be warm in its lake", service, written, rowsInTheLake);
            return throughput("analytics-sink", service, () -> write(rows), rowsInTheLake);
        }
    }

    private Throughput throughput(
            String name, MeasuredProcess process, Runnable begin, LongSupplier rowsInTheLake) {
        Duration cpuBefore = process.cpu();
        long start = System.nanoTime();
        begin.run();
        Place.await("rows in its lake", process, written, rowsInTheLake);
        long nanos = System.nanoTime() - start;
        Duration cpu = process.cpu().minus(cpuBefore);
        return told(
                new Throughput(
                        name,
                        Math.round(rows * 1e9 / cpu.toNanos()),
                        Math.round(rows * 1e9 / nanos),
                        cpu.toMillis() / 1e3,
                        process.peakMegabytes()));
    }

    /// A run takes minutes: what is known is said before it is over.
    private static <T> T told(T figures) {
        Place.say(figures.toString());
        return figures;
    }

    private void write(long events) {
        place.write(EVENTS, written, written + events);
        written += events;
    }

    /// What made the sink warm makes the loader warm too.
    private Load load(EventTable table) throws SQLException, IOException {
        Place.say("lake to warehouse");
        Warehouse warehouse = place.warehouse();
        warehouse.prepare();
        long before = written - rows;
        long loaded = 0;
        long nanos = 0;
        long cpu = 0;
        for (LakeSnapshot snapshot : table.snapshotsAfter(null)) {
            long start = System.nanoTime();
            long cpuStart = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            warehouse.load(snapshot, table.files(snapshot));
            if (loaded >= before) {
                nanos += System.nanoTime() - start;
                cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuStart;
            }
            loaded += snapshot.rows();
        }
        long copied = new PlainCopy(warehouse, place.folder()).perSecond(rows);
        return told(new Load(Math.round(rows * 1e9 / nanos), copied, (double) cpu / nanos));
    }

    private Freshness freshness(String setting, Map<String, String> more)
            throws ExecutionException, InterruptedException {
        Place.say("event to queryable, " + setting);
        Warehouse warehouse = place.warehouse();
        try (MeasuredProcess service =
                place.service("fresh", jar, LAKE, place.at().jdbcUrl(), more)) {
            write(1_000);
            Place.await(
                    "events to be warm",
                    service,
                    written,
                    () -> warehouse.ledger().offsets().sum());
            Freshly freshly = new Freshly(place, warehouse, service);
            long events = freshly.follow(written, followed);
            written += events;
            return told(
                    new Freshness(
                            setting,
                            events,
                            freshly.seconds(50),
                            freshly.seconds(99),
                            service.peakMegabytes()));
        }
    }
}
