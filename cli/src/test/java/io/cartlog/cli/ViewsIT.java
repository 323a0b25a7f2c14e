package io.cartlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.cli.RunningCartlog.Running;
import io.cartlog.cli.RunningCartlog.Said;
import io.cartlog.cli.SharedCartlog.Untouched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.JsonNode;

/// The views are rebuilt as an operator does it, on a running stack.
@Timeout(600)
@ExtendWith(SharedCartlog.class)
class ViewsIT {
    private static RunningCartlog cartlog;

    @BeforeAll
    static void up(@Untouched RunningCartlog running) throws Exception {
        cartlog = running;
        cartlog.done("up");
        done("load", "generated", "--accounts", "60", "--commands", "2000", "--output", "json");
        Await.until(() -> cartlog.here("views", "verify").exit(), exit -> exit == 0);
    }

    @AfterEach
    void only_the_live_version_is_left() {
        cartlog.here("views", "drop");
    }

    private static Said done(String... command) {
        return cartlog.doneHere(command);
    }

    private static JsonNode status() {
        return done("views", "status", "--output", "json").json();
    }

    private static int liveVersion() {
        return status().at("/live/version").asInt();
    }

    @Test
    void what_the_operations_guide_tells_to_type_works_in_that_order() throws Exception {
        int before = liveVersion();

        for (String command : Readme.commands(Readme.OPERATIONS, "./cartlog ")) {
            String[] words = Readme.words(command).stream().skip(1).toArray(String[]::new);
            if (command.equals("./cartlog dlq list")) {
                writeGarbage("17850");
            }

            Said said = cartlog.run(words);

            assertThat(said.exit())
                    .as(command + "\n" + said.out() + said.err())
                    .isEqualTo(command.contains("dlq retry") ? 3 : 0);
        }
        assertThat(liveVersion()).isEqualTo(before + 2);
        assertThat(status().has("previous")).isFalse();
    }

    /// The guide's account waits for it, and a retry does not help.
    private void writeGarbage(String account) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", cartlog.kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    "cart.events", account.getBytes(UTF_8), new byte[] {1, 2, 3}))
                    .get();
        }
        Await.until(() -> cartlog.here("dlq", "list").out(), out -> out.contains("parked"));
    }

    @Test // C, show 2
    void an_item_spoilt_by_hand_is_named_and_mended() {
        JsonNode before = done("views", "verify", "--output", "json").json().path("views");
        Map<String, AttributeValue> key = spoilOne();
        String name =
                key.getOrDefault("PK", AttributeValue.fromS("")).s()
                        + "|"
                        + key.getOrDefault("SK", AttributeValue.fromS("")).s();

        Said found = cartlog.here("views", "verify", "--output", "json");
        assertThat(found.exit()).isEqualTo(3);
        assertThat(found.json().at("/views/differences/0/key").asString()).isEqualTo(name);

        Said held = cartlog.here("views", "rebuild", "--max-change", "0");
        assertThat(held.exit()).as(held.err()).isEqualTo(3);
        assertThat(held.err()).contains("held back");
        Said diff = cartlog.here("views", "diff");
        assertThat(diff.exit()).isEqualTo(3);
        assertThat(diff.out()).contains("1 items of 1 accounts would change", name);
        assertThat(cartlog.here("views", "promote", "--max-change", "0").exit()).isEqualTo(3);
        done("views", "promote", "--max-change", "1");

        Said mended = done("views", "verify", "--output", "json");
        assertThat(mended.json().path("views")).isEqualTo(before);
        assertThat(cartlog.here("views", "rebuild", "nothing").exit()).isEqualTo(1);
    }

    /// The steps of the guide, with such a file: those before the object is put back end with 3, as
    /// they say, and those after it with 0.
    @Test // D, show 3; S4-18
    void a_file_that_the_warehouse_cannot_load_is_repaired_as_the_operations_guide_says()
            throws Exception {
        List<String> steps =
                Readme.commands(
                        Readme.OPERATIONS, "A file that the warehouse cannot load", "./cartlog ");
        done("sink", "load");
        Set<Path> before = lakeFiles();
        Path lost;
        Path elsewhere = cartlog.folder().resolve("lost.parquet");
        try (Connection warehouse =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:%d/cartlog"
                                        .formatted(cartlog.firstPort() + 7),
                                "cartlog",
                                "cartlog");
                Statement sql = warehouse.createStatement()) {
            warehouse.setAutoCommit(false);
            sql.execute("lock table warehouse.load_ledger in exclusive mode");
            done("load", "generated", "--accounts", "20", "--commands", "200", "--seed", "7");
            Await.until(ViewsIT::sink, it -> it.get("lag").asLong() == 0);
            lost =
                    lakeFiles().stream()
                            .filter(file -> !before.contains(file))
                            .findFirst()
                            .orElseThrow();
            Files.move(lost, elsewhere);
            warehouse.rollback();
        }
        assertThat(steps).hasSize(6);

        assertThat(exits(steps.subList(0, 3))).containsExactly(0, 3, 3);
        assertThat(cartlog.here("sink", "failed").out())
                .contains(lost.getFileName().toString(), "the object is missing");
        assertThat(cartlog.here("sink", "retry").exit()).isEqualTo(3);
        assertThat(cartlog.here("sink", "retry", "s3://cartlog/nothing").exit()).isEqualTo(1);
        Said compared = cartlog.here("reconcile");
        assertThat(compared.exit()).isEqualTo(3);
        assertThat(compared.out()).contains(lost.getFileName().toString(), "is in quarantine");
        Files.move(elsewhere, lost);
        assertThat(exits(steps.subList(3, 6))).containsExactly(0, 0, 0);
        assertThat(sink().get("quarantined").asLong()).isZero();
    }

    private static List<Integer> exits(List<String> commands) throws Exception {
        List<Integer> exits = new ArrayList<>();
        for (String command : commands) {
            String[] words = Readme.words(command).stream().skip(1).toArray(String[]::new);
            exits.add(cartlog.run(words).exit());
        }
        return exits;
    }

    private static JsonNode sink() {
        return done("sink", "status", "--output", "json").json();
    }

    /// An object of the local stack is a file.
    private static Set<Path> lakeFiles() throws IOException {
        try (Stream<Path> files = Files.walk(cartlog.data().resolve("s3"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .collect(Collectors.toSet());
        }
    }

    /// @return its key
    private static Map<String, AttributeValue> spoilOne() {
        String table = status().at("/live/table").asString();
        try (DynamoDbClient client = cartlog.dynamoDbClient()) {
            Map<String, AttributeValue> item =
                    client
                            .scanPaginator(ScanRequest.builder().tableName(table).build())
                            .items()
                            .stream()
                            .filter(row -> row.containsKey("Status"))
                            .findFirst()
                            .orElseThrow();
            AttributeValue none = AttributeValue.fromS("");
            Map<String, AttributeValue> key =
                    Map.of(
                            "PK", item.getOrDefault("PK", none),
                            "SK", item.getOrDefault("SK", none));
            client.updateItem(
                    UpdateItemRequest.builder()
                            .tableName(table)
                            .key(key)
                            .updateExpression("SET Spoilt = :yes")
                            .expressionAttributeValues(Map.of(":yes", AttributeValue.fromS("yes")))
                            .build());
            return key;
        }
    }

    @Test // C, show 1
    void a_rebuild_is_watched_over_a_kill_of_the_service() throws Exception {
        ProcessHandle service = cartlog.process("projection-service");
        Running rebuild = cartlog.start("views", "rebuild", "--budget", "60", "--output", "json");
        JsonNode begun =
                Await.until(
                        ViewsIT::status,
                        status ->
                                status.has("candidate")
                                        && status.at("/beside/position").asLong() > 0);
        boolean killed = service.destroyForcibly();
        boolean midway = rebuild.isAlive();
        int version = begun.at("/candidate/version").asInt();
        cartlog.done("up");
        Said second = cartlog.here("views", "rebuild");
        Said said = rebuild.await();

        assertThat(killed).isTrue();
        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("version " + version + " is being built");
        assertThat(midway).isTrue();
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).hasSizeGreaterThan(2);
        assertThat(liveVersion()).isEqualTo(version);
        done("views", "verify");
        done("views", "diff");
    }
}
