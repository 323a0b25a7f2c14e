package io.cartlog.localstack;

import static io.cartlog.localstack.PurchaseTable.line;
import static io.cartlog.localstack.PurchaseTable.n;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// `kill -9` of a server's process while two writers keep it busy.
class KilledDynamoDbIT {
    private static final int LINES = 50;
    private static final int ENOUGH = 20;

    /// The process that is killed.
    static final class Server {
        public static void main(String[] args) throws Exception {
            DynamoDbServer.start(
                    Path.of(args[0]), Integer.parseInt(args[1]), DynamoDbStorage.valueOf(args[2]));
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    @ParameterizedTest
    @EnumSource(DynamoDbStorage.class)
    @Timeout(180)
    void keeps_every_acknowledged_transaction_whole_and_no_half_one(
            DynamoDbStorage storage, @TempDir Path folder) throws Exception {
        Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
        killWhileWriting(folder, storage, acknowledged);

        assertThat(acknowledged).hasSize(2);
        try (Running server = Running.start(folder, storage)) {
            PurchaseTable table = new PurchaseTable(server.client(), "T");
            acknowledged.forEach((account, version) -> {
                List<Map<String, AttributeValue>> items = table.items(account);
                assertThat(items).hasSize(LINES);
                assertThat(items.stream().map(item -> item.get("Version")).distinct())
                        .singleElement()
                        .isIn(n(version), n(version + 1));
            });
            table.write(List.of(table.putting(line("after", 1, 1))));
        }
        assertThat(SqliteFile.in(folder).problems()).isEqualTo("ok");
    }

    private static void killWhileWriting(
            Path folder, DynamoDbStorage storage, Map<String, Integer> acknowledged)
            throws Exception {
        int port = Ports.free().dynamodb();
        Process server = fork(folder, port, storage);
        try (DynamoDbClient client = Running.client(port);
                ExecutorService writers = Executors.newFixedThreadPool(2)) {
            PurchaseTable table = PurchaseTable.create(client, "T");
            for (String account : List.of("A", "B")) {
                writers.submit(() -> writeUntilKilled(table, account, acknowledged));
            }
            while (acknowledged.values().stream().mapToInt(i -> i).sum() < ENOUGH) {
                assertThat(server.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            server.destroyForcibly().waitFor();
        } finally {
            server.destroyForcibly();
        }
    }

    private static void writeUntilKilled(
            PurchaseTable table, String account, Map<String, Integer> acknowledged) {
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
        }
    }

    private static Process fork(Path folder, int port, DynamoDbStorage storage) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Server.class.getName()));
        command.addAll(List.of(folder.toString(), Integer.toString(port), storage.name()));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output = process.inputReader();
        for (String text = output.readLine(); !"ready".equals(text); text = output.readLine()) {
            assertThat(text).as("the server's output").isNotNull();
        }
        return process;
    }
}
