package io.cartlog.localstack;

import static io.cartlog.localstack.PurchaseTable.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `kill -9` of a server's process while two writers keep it busy.
class KilledDynamoDbIT {
    private static final int LINES = 50;
    private static final int ENOUGH = 10;

    /// The process that is killed.
    static final class Server {
        public static void main(String[] args) throws Exception {
            DynamoDbServer.start(
                    Path.of(args[0]), Integer.parseInt(args[1]), DynamoDbStorage.valueOf(args[2]));
            Thread.currentThread().join();
        }
    }

    @Test
    @Timeout(180)
    void leaves_every_acknowledged_transaction_whole_and_no_half_one(@TempDir Path folder)
            throws Exception {
        killedAndStartedAgain(folder, DynamoDbStorage.TUNED, 0);
    }

    /// Stock answers before COMMIT has run, so that the last answer of each writer may be a lie.
    @Test
    @Timeout(180)
    void leaves_no_half_transaction_of_stock_and_loses_no_more_than_the_last(@TempDir Path folder)
            throws Exception {
        killedAndStartedAgain(folder, DynamoDbStorage.STOCK, 1);
    }

    private static void killedAndStartedAgain(Path folder, DynamoDbStorage storage, int mayLose)
            throws Exception {
        Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        killWhileWriting(folder, storage, acknowledged);

        assertThat(acknowledged).hasSize(2);
        try (Running server = Running.start(folder, storage)) {
            PurchaseTable table = new PurchaseTable(server.client(), "Killed");
            acknowledged.forEach((account, version) -> {
                List<Map<String, AttributeValue>> items = table.items(account);
                assertThat(items).hasSize(LINES);
                assertThat(items.stream().map(item -> item.get("Version")).distinct())
                        .singleElement()
                        .isIn(
                                IntStream.rangeClosed(version - mayLose, version + 1)
                                        .mapToObj(PurchaseTable::n)
                                        .toList());
            });
            table.write(List.of(table.putting(line("after", 1, 1))));
        }
        assertThat(SqliteFile.in(folder).problems()).isEqualTo("ok");
    }

    private static void killWhileWriting(
            Path folder, DynamoDbStorage storage, Map<String, Integer> acknowledged)
            throws Exception {
        Map<String, Semaphore> progress = Map.of("A", new Semaphore(0), "B", new Semaphore(0));
        int port = Ports.free().dynamodb();
        Process server = fork(folder, port, storage);
        try (DynamoDbClient client = Running.client(port);
                ExecutorService writers = Executors.newFixedThreadPool(2)) {
            try {
                PurchaseTable table = createWhenUp(client);
                progress.forEach((account, written) ->
                        writers.execute(
                                () -> writeUntilKilled(table, account, acknowledged, written)));
                for (Semaphore written : progress.values()) {
                    assertThat(written.tryAcquire(ENOUGH, 60, TimeUnit.SECONDS)).isTrue();
                }
            } finally {
                server.destroyForcibly().waitFor();
            }
        }
    }

    private static PurchaseTable createWhenUp(DynamoDbClient client) {
        Instant deadline = Instant.now().plusSeconds(60);
        while (true) {
            try {
                return PurchaseTable.create(client, "Killed");
            } catch (SdkClientException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
            }
        }
    }

    private static void writeUntilKilled(
            PurchaseTable table,
            String account,
            Map<String, Integer> acknowledged,
            Semaphore written) {
        for (int i = 1; ; i++) {
            int version = i;
            try {
                table.write(
                        IntStream.range(0, LINES)
                                .mapToObj(line -> table.putting(line(account, line, version)))
                                .toList());
            } catch (SdkException _) {
                return;
            }
            acknowledged.put(account, version);
            written.release();
        }
    }

    private static Process fork(Path folder, int port, DynamoDbStorage storage) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Server.class.getName()));
        command.addAll(List.of(folder.toString(), Integer.toString(port), storage.name()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
