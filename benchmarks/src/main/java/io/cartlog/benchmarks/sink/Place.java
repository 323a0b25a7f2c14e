package io.cartlog.benchmarks.sink;

import io.cartlog.localstack.Addresses;
import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeSettings;
import io.cartlog.sink.warehouse.Bucket;
import io.cartlog.sink.warehouse.Warehouse;
import io.cartlog.sink.warehouse.WarehouseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Broker, stores and folder that everything is measured on.
///
/// @param folder for what processes say
record Place(Addresses at, Path folder) {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(5);
    static final String CATALOG = "catalog";
    private static final String NOBODY = "http://127.0.0.1:1";

    Lake lake(String name) {
        return Lake.open(
                new LakeSettings(
                        at.jdbcUrl(),
                        at.jdbcUser(),
                        at.jdbcPassword(),
                        CATALOG,
                        folderOf(name),
                        new LakeSettings.ObjectStore(
                                at.s3(), at.region(), at.accessKey(), at.secretKey())));
    }

    /// Makes the catalog empty. A database has one, in whatever schema.
    void forgetTables() throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                at.jdbcUrl(), at.jdbcUser(), at.jdbcPassword());
                Statement sql = connection.createStatement()) {
            sql.execute("drop schema " + CATALOG + " cascade");
        }
    }

    String folderOf(String name) {
        return "s3://" + at.bucket() + "/" + name;
    }

    Warehouse warehouse() {
        return new Warehouse(
                new WarehouseSettings(
                        WarehouseSettings.Kind.POSTGRESQL,
                        at.jdbcUrl(),
                        at.jdbcUser(),
                        at.jdbcPassword(),
                        null,
                        folderOf("manifests")),
                new NoBucket());
    }

    /// PostgreSQL reads no manifests.
    private record NoBucket() implements Bucket {
        @Override
        public void put(String location, byte[] content) {
            throw new UnsupportedOperationException("written: " + location);
        }

        @Override
        public void delete(String location) {
            throw new UnsupportedOperationException("deleted: " + location);
        }
    }

    /// The service as it is shipped.
    ///
    /// @param jar of the service
    /// @param lake its name
    /// @param warehouse a JDBC address where one is, or nobody
    MeasuredProcess service(
            String name, Path jar, String lake, String warehouse, Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(settings(lake, warehouse));
        settings.putAll(more);
        List<String> arguments = new ArrayList<>(List.of("-jar", jar.toString()));
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return java(name, arguments);
    }

    /// Java with the heap and the collector that the service is shipped with.
    MeasuredProcess java(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-XX:+UseSerialGC");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(arguments);
        return new MeasuredProcess(name, command, folder);
    }

    private Map<String, String> settings(String lake, String warehouse) {
        return Map.ofEntries(
                Map.entry("server.port", "0"),
                Map.entry("cartlog.kafka.bootstrap-servers", at.kafka()),
                Map.entry("cartlog.catalog.url", at.jdbcUrl()),
                Map.entry("cartlog.catalog.user", at.jdbcUser()),
                Map.entry("cartlog.catalog.password", at.jdbcPassword()),
                Map.entry("cartlog.catalog.schema", CATALOG),
                Map.entry("cartlog.lake.warehouse", folderOf(lake)),
                Map.entry("cartlog.s3.endpoint", at.s3().toString()),
                Map.entry("cartlog.s3.region", at.region()),
                Map.entry("cartlog.s3.access-key", at.accessKey()),
                Map.entry("cartlog.s3.secret-key", at.secretKey()),
                Map.entry("cartlog.warehouse.dialect", "postgresql"),
                Map.entry("cartlog.warehouse.url", warehouse),
                Map.entry("cartlog.warehouse.user", at.jdbcUser()),
                Map.entry("cartlog.warehouse.password", at.jdbcPassword()),
                Map.entry("cartlog.security.issuer", NOBODY),
                Map.entry("cartlog.security.jwks-url", NOBODY));
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", at.kafka(), "linger.ms", "5", "batch.size", "262144"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /// Writes events into a topic.
    void write(String topic, long from, long to) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (long n = from; n < to; n++) {
                var _ = send(producer, topic, n);
            }
        }
    }

    static Future<RecordMetadata> send(
            KafkaProducer<byte[], byte[]> producer, String topic, long n) {
        return producer.send(new ProducerRecord<>(topic, ShopEvents.key(n), ShopEvents.value(n)));
    }

    /// Waits until so many are there, and says every few seconds how many are.
    static void await(String what, MeasuredProcess of, long wanted, LongSupplier there) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long nextWord = System.nanoTime() + BETWEEN_WORDS.toNanos();
        for (long now = there.getAsLong(); now < wanted; now = there.getAsLong()) {
            of.checkAlive();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%,d of %,d %s within %s".formatted(now, wanted, what, PATIENCE));
            }
            if (System.nanoTime() > nextWord) {
                say("%,d of %,d %s".formatted(now, wanted, what));
                nextWord += BETWEEN_WORDS.toNanos();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    static void say(String what) {
        System.err.println("bench sink: " + what);
    }
}
