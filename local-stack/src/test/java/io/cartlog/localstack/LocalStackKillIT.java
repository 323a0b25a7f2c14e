package io.cartlog.localstack;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `kill -9` of the stack's process while four clients write: what was acknowledged is there after
/// the next start.
class LocalStackKillIT {
    private static final int ENOUGH = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Set<String> records = ConcurrentHashMap.newKeySet();
    private final Set<String> items = ConcurrentHashMap.newKeySet();
    private final Set<String> objects = ConcurrentHashMap.newKeySet();
    private final Set<String> rows = ConcurrentHashMap.newKeySet();
    private final Ports ports = Ports.free();
    @TempDir Path data;
    private int rounds;

    @Test
    void nothing_acknowledged_is_lost_when_the_process_is_killed() throws Exception {
        writeUntilKilled(process -> List.of(process.toHandle()));
        writeUntilKilled(LocalStackKillIT::withEverythingBelow);
        Process last = startProcess();
        Clients clients = new Clients(Addresses.of(ports));
        assertThat(recordsOf(clients)).containsAll(records);
        assertThat(itemsOf(clients)).containsAll(items);
        assertThat(objectsOf(clients)).containsAll(objects);
        assertThat(rowsOf(clients)).containsAll(rows);
        last.destroy();
        assertThat(last.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data.resolve("local-stack.json")).doesNotExist();
        assertThat(Ports.isFree(ports.postgres())).isTrue();
    }

    /// Which processes a round kills.
    private interface Victims {
        List<ProcessHandle> of(Process process);
    }

    private static List<ProcessHandle> withEverythingBelow(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process.toHandle());
        return all;
    }

    private void writeUntilKilled(Victims victims) throws Exception {
        Process process = startProcess();
        int wanted = ++rounds * ENOUGH;
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Clients clients = new Clients(Addresses.of(ports));
            List<Future<?>> writers =
                    List.of(
                            pool.submit(() -> writeRecords(clients)),
                            pool.submit(() -> writeItems(clients)),
                            pool.submit(() -> writeObjects(clients)),
                            pool.submit(() -> writeRows(clients)));
            await(
                    () ->
                            List.of(records, items, objects, rows).stream()
                                    .allMatch(it -> it.size() >= wanted),
                    () ->
                            "too slow: "
                                    + List.of(records, items, objects, rows).stream()
                                            .map(Set::size)
                                            .toList());
            victims.of(process).forEach(ProcessHandle::destroyForcibly);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private Process startProcess() throws Exception {
        Path log = data.resolveSibling(data.getFileName() + ".log");
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("local-stack.json"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx768m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LocalStackApplication.class.getName(),
                                "--data",
                                data.toString(),
                                "--port",
                                Integer.toString(ports.first()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        await(
                () -> Files.exists(data.resolve("local-stack.json")) || !process.isAlive(),
                () -> "the stack does not start");
        assertThat(process.isAlive()).as("see " + log).isTrue();
        return process;
    }

    private void writeRecords(Clients to) {
        Map<String, Object> impatient =
                Map.of(
                        "delivery.timeout.ms",
                        5000,
                        "request.timeout.ms",
                        2000,
                        "max.block.ms",
                        5000);
        try (var producer = to.producer(impatient)) {
            for (int i = 0; ; i++) {
                String value = rounds + "-" + i;
                producer.send(new ProducerRecord<>(Topics.EVENTS.name(), 0, "key", value)).get();
                records.add(value);
            }
        } catch (ExecutionException _) {
            // The process was killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeItems(Clients to) {
        try (var dynamodb = to.dynamodb()) {
            if (dynamodb.listTables().tableNames().isEmpty()) {
                dynamodb.createTable(Clients.table("kept"));
            }
            for (int i = 0; ; i++) {
                String id = rounds + "-" + i;
                dynamodb.putItem(
                        it -> it.tableName("kept").item(Map.of("id", AttributeValue.fromS(id))));
                items.add(id);
            }
        } catch (SdkException _) {
            // The process was killed.
        }
    }

    private void writeObjects(Clients to) {
        try (var s3 = to.s3()) {
            for (int i = 0; ; i++) {
                String key = rounds + "-" + i;
                s3.putObject(
                        it -> it.bucket(to.at().bucket()).key(key),
                        RequestBody.fromString(key.repeat(100)));
                objects.add(key);
            }
        } catch (SdkException _) {
            // The process was killed.
        }
    }

    private void writeRows(Clients to) {
        try (Connection connection = to.sql()) {
            execute(connection, "CREATE TABLE IF NOT EXISTS warehouse.kept (id text)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO warehouse.kept VALUES (?)")) {
                for (int i = 0; ; i++) {
                    String id = rounds + "-" + i;
                    insert.setString(1, id);
                    insert.executeUpdate();
                    rows.add(id);
                }
            }
        } catch (SQLException _) {
            // The process was killed.
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static Set<String> recordsOf(Clients from) {
        TopicPartition partition = new TopicPartition(Topics.EVENTS.name(), 0);
        Set<String> found = new HashSet<>();
        try (var consumer = from.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> it : consumer.poll(Duration.ofMillis(200))) {
                    found.add(it.value());
                }
            }
        }
        return found;
    }

    private static Set<String> itemsOf(Clients from) {
        Set<String> found = new HashSet<>();
        try (var dynamodb = from.dynamodb()) {
            dynamodb.scanPaginator(it -> it.tableName("kept"))
                    .items()
                    .forEach(it -> found.add(requireNonNull(it.get("id")).s()));
        }
        return found;
    }

    /// With the content that was put.
    private static Set<String> objectsOf(Clients from) {
        String bucket = from.at().bucket();
        Set<String> found = new HashSet<>();
        try (var s3 = from.s3()) {
            s3.listObjectsV2Paginator(it -> it.bucket(bucket))
                    .contents()
                    .forEach(it -> {
                        String text =
                                s3.getObjectAsBytes(get -> get.bucket(bucket).key(it.key()))
                                        .asUtf8String();
                        if (text.equals(it.key().repeat(100))) {
                            found.add(it.key());
                        }
                    });
        }
        return found;
    }

    private static Set<String> rowsOf(Clients from) throws SQLException {
        Set<String> found = new HashSet<>();
        try (Connection connection = from.sql();
                Statement sql = connection.createStatement();
                ResultSet all = sql.executeQuery("SELECT id FROM warehouse.kept")) {
            while (all.next()) {
                found.add(all.getString(1));
            }
        }
        return found;
    }

    private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
        Instant limit = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(otherwise).isBefore(limit);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
