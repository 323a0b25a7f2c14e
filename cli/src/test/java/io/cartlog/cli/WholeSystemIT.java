package io.cartlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.cli.RunningCartlog.Running;
import io.cartlog.cli.RunningCartlog.Said;
import io.cartlog.cli.ShopClient.Reply;
import io.cartlog.cli.terminal.Json;
import io.cartlog.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import tools.jackson.databind.JsonNode;

/// The whole system in processes of its own: six of them, started, used, killed and stopped as a
/// person would.
@Timeout(600)
class WholeSystemIT {
    private static final Path SAMPLE =
            Readme.ROOT.resolve("../shared/data/online-retail/sample-data.csv").normalize();
    private static final String[] PLAY = {"--accounts", "60", "--commands", "1500"};

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    static Path folder;

    private static RunningCartlog cartlog;
    private static Said demo;

    @BeforeAll
    static void demo() throws Exception {
        cartlog = RunningCartlog.in(folder);
        demo =
                cartlog.run(
                        with(
                                PLAY,
                                "demo",
                                "--stay",
                                "--output",
                                "json",
                                "--report",
                                folder.resolve("report.json").toString()));
        assertThat(demo.exit()).as(demo.err()).isZero();
    }

    @AfterAll
    static void down() throws Exception {
        Said down = cartlog.run("down");
        assertThat(down.exit()).as(down.err()).isZero();
    }

    @Test
    void the_demo_accepts_what_it_says_and_everything_agrees() throws Exception {
        JsonNode report = demo.json();

        assertThat(report).isEqualTo(Json.MAPPER.readTree(folder.resolve("report.json").toFile()));
        assertThat(report.get("reconciled").asBoolean()).isTrue();
        assertThat(report.at("/commands/read").asLong()).isEqualTo(1_500);
        assertThat(report.at("/commands/accepted").asLong()).isEqualTo(1_500);
        assertThat(report.at("/commands/refused").asLong()).isZero();
        assertThat(report.get("events").asLong()).isEqualTo(1_500);
        assertThat(report.at("/lake/rows").asLong()).isEqualTo(1_500);
        assertThat(report.at("/lake/files").asLong()).isPositive();
        assertThat(report.at("/warehouse/rows").asLong()).isEqualTo(1_500);
        assertThat(report.at("/warehouse/lines").asLong())
                .isEqualTo(report.at("/items/PURCHASED").asLong())
                .isPositive();
        assertThat(report.at("/items/ACTIVE").asLong()).isPositive();
        assertThat(report.at("/items/SAVED").asLong()).isPositive();
        assertThat(report.get("stages").findValuesAsString("name"))
                .containsExactly(
                        "up", "load", "views", "lake and warehouse", "reconcile", "limits");
        assertThat(report.get("limits").findValuesAsString("store"))
                .containsExactly("kafka", "dynamodb", "warehouse");
        assertThat(report.get("memory").propertyNames())
                .containsExactlyInAnyOrder(
                        "local-stack",
                        "authorization-server",
                        "projection-service",
                        "analytics-sink",
                        "command-service");
    }

    // S0-31
    @Test
    void loading_the_same_shoppers_again_adds_nothing() throws Exception {
        Said again = cartlog.here(with(PLAY, "load", "generated", "--output", "json"));

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.json().at("/counts/accepted").asLong()).isZero();
        assertThat(again.json().at("/counts/replayed").asLong()).isEqualTo(1_500);
        assertReconciled();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command-service",
                "projection-service",
                "analytics-sink",
                "authorization-server"
            })
    void a_service_killed_in_the_middle_of_a_load_loses_and_doubles_nothing(String service)
            throws Exception {
        ProcessHandle process = cartlog.process(service);
        long before = endOfLog();
        Running load =
                cartlog.start(
                        "load",
                        "generated",
                        "--accounts",
                        "50",
                        "--commands",
                        "5000",
                        "--seed",
                        Integer.toString(service.length()),
                        "--lanes",
                        "1",
                        "--batch",
                        "50",
                        "--output",
                        "json");
        Await.until(WholeSystemIT::endOfLog, end -> end > before + 500);

        boolean killed = process.destroyForcibly();
        boolean midway = load.isAlive();
        Said up = cartlog.run("up");
        Said loaded = load.await();

        assertThat(killed).isTrue();
        assertThat(midway).as("the load was still going on").isTrue();
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(loaded.exit()).as(loaded.err()).isZero();
        assertThat(loaded.json().at("/counts/accepted").asLong()).isEqualTo(5_000);
        assertReconciled();
    }

    // S0-15 to S0-26
    @Test
    void the_story_of_the_notebook() throws Exception {
        try (ShopClient shop = shop("10000042")) {
            add(shop, "add-1", "P-1001", 1, "199.99", "TV");
            add(shop, "add-2", "P-1001", 1, "199.99", "TV");
            add(shop, "add-3", "P-1002", 1, "499.99", "Electronics");
            add(shop, "add-4", "P-1003", 1, "699.99", "Electronics");
            save(shop, "save-1", "P-2001");
            save(shop, "save-2", "P-2002");

            JsonNode cart =
                    Await.until(
                                    () -> shop.get("/cart"),
                                    reply -> reply.body().path("itemCount").asInt(0) == 4)
                            .body();
            assertThat(cart.get("total").asString()).isEqualTo("1599.96");
            assertThat(cart.get("lines").findValuesAsString("productId"))
                    .containsExactly("P-1003", "P-1002", "P-1001");
            assertThat(cart.get("categories").toString()).isEqualTo("[\"Electronics\",\"TV\"]");

            Reply order = shop.post("/checkout", "checkout-1", "");
            Reply again = shop.post("/checkout", "checkout-1", "");
            assertThat(order.status()).as(order.body().toString()).isEqualTo(201);
            assertThat(again.text("orderId")).isNotBlank().isEqualTo(order.text("orderId"));
            assertThat(again.response().headers().firstValue("Idempotent-Replayed"))
                    .contains("true");

            add(shop, "add-5", "P-1001", 1, "199.99", "TV");
            Reply second = shop.post("/checkout", "checkout-2", "");
            Await.until(
                    () -> shop.get("/items?status=PURCHASED"),
                    reply -> reply.body().path("items").size() == 4);

            assertThat(shop.get("/items?status=ACTIVE").body().path("items")).isEmpty();
            assertThat(
                            shop.get("/items?status=SAVED")
                                    .body()
                                    .path("items")
                                    .findValuesAsString("productId"))
                    .containsExactly("P-2002", "P-2001");
            assertTable("10000042", order.text("orderId"), second.text("orderId"));
            assertWarehouse("10000042", 4);
        }
    }

    /// Plain queries on the original keys (S0-11, S0-12).
    private static void assertTable(String account, String first, String second) {
        try (DynamoDbClient dynamodb = cartlog.dynamoDbClient()) {
            assertThat(lines(dynamodb, account, account + "#ACTIVE#")).isEmpty();
            assertThat(lines(dynamodb, account, account + "#SAVED#")).hasSize(2);
            assertThat(lines(dynamodb, account, account + "#PURCHASED#" + first + "#"))
                    .hasSize(3)
                    .extracting(line -> line.get("OrderId"))
                    .containsOnly(AttributeValue.builder().s(first).build());
            assertThat(lines(dynamodb, account, account + "#PURCHASED#" + second + "#"))
                    .extracting(line -> line.get("SK"))
                    .containsExactly(
                            AttributeValue.builder()
                                    .s(account + "#PURCHASED#" + second + "#P-1001")
                                    .build());
        }
    }

    private static void assertWarehouse(String account, int orderLines) throws Exception {
        String sql =
                "SELECT count(*) AS lines FROM marts.order_lines WHERE account_id = '%s'"
                        .formatted(account);
        Await.until(
                () -> cartlog.here("sql", sql, "--output", "json").json(),
                rows -> rows.path(0).path("lines").asInt(0) == orderLines);
    }

    @Test
    void
            bytes_that_are_no_record_become_dead_letters_and_their_account_waits_until_they_are_skipped()
                    throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ShopClient shop = shop("10000077")) {
            byte[] account = "10000077".getBytes(UTF_8);
            byte[] garbage = {0, 1, 2, 3, 4, 5, 6, 7};
            producer.send(new ProducerRecord<>(Topics.COMMANDS.name(), account, garbage)).get();
            producer.send(new ProducerRecord<>(Topics.EVENTS.name(), account, garbage)).get();

            add(shop, "after-garbage", "P-1001", 2, "199.99", "TV");

            List<ConsumerRecord<byte[], byte[]>> dead =
                    Await.until(
                            WholeSystemIT::deadLetters, letters -> readers(letters).size() == 3);
            assertThat(readers(dead))
                    .containsExactlyInAnyOrder(
                            "command-service", "projection-service", "analytics-sink");
            assertThat(dead).allSatisfy(letter -> assertThat(letter.value()).isEqualTo(garbage));
            assertParkedUntilSkipped(shop);
            Said reconciled = assertReconciled();
            assertThat(reconciled.json().at("/log/unreadable").asLong()).isEqualTo(1);
            Said events = cartlog.run("events", "--account", "10000077", "--output", "json");
            assertThat(events.json()).hasSize(2);
            assertThat(events.json().findValuesAsString("unreadable")).hasSize(1);
        }
    }

    private static void assertParkedUntilSkipped(ShopClient shop) throws Exception {
        Said list =
                Await.until(
                        () -> cartlog.here("dlq", "list"), said -> said.out().contains("parked"));
        assertThat(list.out()).contains("10000077", "cart.commands", "1 account waits");
        Said shown = cartlog.here("dlq", "show", "--account", "10000077");
        assertThat(shown.out())
                .as(shown.err())
                .contains("0001020304050607", "key          10000077", "trouble");
        assertThat(shop.get("/cart").body().path("itemCount").asInt(0)).isZero();
        Said reconciled = cartlog.here("reconcile", "--output", "json");
        assertThat(reconciled.exit()).isEqualTo(3);
        assertThat(reconciled.json().at("/differences/0/problem").asString()).isEqualTo("parked");
        assertThat(cartlog.here("views", "verify").exit()).isEqualTo(3);
        Said retried = cartlog.here("dlq", "retry", "--account", "10000077");
        assertThat(retried.exit()).as(retried.err()).isEqualTo(3);
        Said skipped =
                cartlog.here(
                        "dlq", "skip", "--account", "10000077", "--why", "a test", "--by", "me");
        assertThat(skipped.exit()).as(skipped.err()).isZero();
        assertThat(skipped.out()).contains("1 events applied", "goes on");
        assertThat(shop.get("/cart").body().path("itemCount").asInt(0)).isEqualTo(2);
        assertThat(cartlog.here("dlq", "list").out()).contains("skipped", "me, 20", "a test");
        Said nothing = cartlog.here("dlq", "retry", "--account", "10000077");
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.err()).contains("waits for no record");
    }

    // S1-16, S1-17
    @Test
    void the_sample_of_the_original_file_is_loaded_once_however_often() throws Exception {
        assumeTrue(Files.exists(SAMPLE), "the sample is not on this machine: " + SAMPLE);
        try (var lines = Files.lines(SAMPLE, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            long rows = lines.count() - 1;

            Said first = cartlog.run("load", "retail", SAMPLE.toString(), "--output", "json");
            Said second = cartlog.here("load", "retail", SAMPLE.toString(), "--output", "json");

            assertThat(first.exit()).as(first.err()).isZero();
            assertThat(first.json().at("/counts/accepted").asLong()).isEqualTo(rows);
            assertThat(second.json().at("/counts/accepted").asLong()).isZero();
            assertThat(second.json().at("/counts/replayed").asLong()).isEqualTo(rows);
            assertReconciled();
        }
    }

    @Test
    void sql_reads_and_does_not_write_unless_told_and_shows_where_it_is_wrong() throws Exception {
        Said wrong = cartlog.run("sql", "SELECT 1 FORM marts.order_lines");
        Said write = cartlog.here("sql", "CREATE TABLE public.scratch (a int)");
        Said allowed = cartlog.here("sql", "CREATE TABLE public.scratch (a int)", "--write");
        Said csv = cartlog.here("sql", "SELECT 'a,b' AS x, 1.50::numeric AS y", "--output", "csv");

        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("SQL error 42601", "position", "^");
        assertThat(write.exit()).isEqualTo(1);
        assertThat(write.err()).contains("read-only");
        assertThat(allowed.exit()).as(allowed.err()).isZero();
        assertThat(csv.out()).isEqualTo("x,y\n\"a,b\",1.50\n");
    }

    // S0-14, S2-05, S4-07 to S4-09
    @Test
    void a_file_in_the_bucket_is_imported_once_and_leaves_what_streaming_its_rows_leaves()
            throws Exception {
        Path streamed = Files.writeString(folder.resolve("streamed.csv"), retail('6'));
        Path dropped = Files.writeString(folder.resolve("dropped.csv"), retail('7'));
        done("load", "retail", streamed.toString());
        cartlog.done("import", "put", dropped.toString(), "--as", "2026/november.csv");

        Running killed =
                cartlog.start(
                        "import", "run", "--part", "30000", "--range", "4096", "--lanes", "1",
                        "--batch", "20");
        Await.until(() -> Files.exists(bucketFile("state.json")), there -> there);
        killed.process().destroyForcibly().waitFor();
        JsonNode midway = importState();
        JsonNode report = cartlog.done("import", "run", "--output", "json").json().at("/files/0");

        assertThat(midway.get("phase").asString()).isEqualTo("UNDER_WAY");
        assertThat(midway.at("/counts/rows").asLong()).isBetween(1L, IMPORTED_ROWS - 1L);
        assertThat(report.get("phase").asString()).isEqualTo("DONE");
        assertThat(report.at("/counts/rows").asLong()).isEqualTo(IMPORTED_ROWS + 1);
        assertThat(report.at("/counts/broken").asLong()).isEqualTo(1);
        assertThat(Files.readString(bucketFile(lastPart(report.at("/rejects/0").asString()))))
                .contains(IMPORTED_ROWS + 2 + ",1 columns instead of 8,no row");
        assertThat(report).isEqualTo(importState());
        assertThat(done("import", "run").out()).contains("nothing was imported");
        Said again = done("load", "retail", dropped.toString(), "--output", "json");
        assertThat(again.json().at("/counts/accepted").asLong()).isZero();
        assertReconciled();
        assertThat(rowsThatOnlyOneHas()).isZero();
    }

    private static final int IMPORTED_ROWS = 6_000;

    /// Rows of accounts and invoices that begin with this digit, some of them equal, and a line
    /// that is no row.
    private static String retail(char digit) {
        StringBuilder rows =
                new StringBuilder(
                        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,"
                                + "Country\n");
        for (int i = 0; i < IMPORTED_ROWS; i++) {
            rows.append(
                    "%s%05d,imp-%d,a lamp,%d,12/1/2010 8:26,2.55,%s%d,France\n"
                            .formatted(
                                    digit, i / 20, i % 9, 1 + i % 3, digit, 7_000 + i / 20 % 31));
        }
        return rows.append("no row\n").toString();
    }

    private static JsonNode importState() throws Exception {
        return cartlog.done("import", "status", "2026/november.csv", "--output", "json").json();
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /// The local object store keeps an object as a file of its name.
    private static Path bucketFile(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().equals(name))
                    .filter(file -> file.toString().contains("imported"))
                    .findFirst()
                    .orElse(folder.resolve("absent"));
        } catch (UncheckedIOException e) {
            // Something was deleted while the folder was walked.
            return folder.resolve("absent");
        }
    }

    private static long rowsThatOnlyOneHas() {
        String six = rowsOfAccounts('6');
        String seven = rowsOfAccounts('7');
        JsonNode found = done("sql", onlyOneHas(six, seven), "--output", "json").json().get(0);
        assertThat(found.get("six").asLong()).isEqualTo(IMPORTED_ROWS);
        return found.get("rows").asLong();
    }

    private static String onlyOneHas(String six, String seven) {
        return "SELECT count(*) AS rows, (SELECT count(*) FROM ("
                + six
                + ") a) AS six FROM (("
                + (six + " EXCEPT ALL " + seven)
                + ") UNION ALL ("
                + (seven + " EXCEPT ALL " + six)
                + ")) d";
    }

    private static String rowsOfAccounts(char first) {
        return "SELECT substring(account_id, 2), version, event_type, occurred_at,"
                + " substring(order_id, 2), occurrence, sku, quantity, unit_price, kind,"
                + (" amount FROM warehouse.events WHERE account_id LIKE '" + first + "7%'")
                + " AND sku LIKE 'imp-%'";
    }

    // D, show 5
    @Test
    void a_lost_file_of_the_lake_and_a_doubled_row_of_the_warehouse_are_named() throws Exception {
        assertReconciled();
        JsonNode file = done("lake", "files", "--output", "json").json().get(0);
        Path lost = fileOf(file.get("location").asString());
        Path aside = lost.resolveSibling("aside");
        String row = "(SELECT ctid FROM warehouse.events WHERE event_type <> '' LIMIT 1)";
        Files.move(lost, aside);
        done(
                "sql",
                "--write",
                "INSERT INTO warehouse.events SELECT * FROM warehouse.events WHERE ctid IN " + row);

        Said broken = cartlog.here("reconcile", "--output", "json");

        Files.move(aside, lost);
        done(
                "sql",
                "--write",
                "DELETE FROM warehouse.events WHERE ctid IN (SELECT max(ctid) FROM"
                        + " warehouse.events GROUP BY kafka_partition, kafka_offset HAVING count(*)"
                        + " > 1)");
        assertThat(broken.exit()).as(broken.out() + broken.err()).isEqualTo(3);
        assertThat(broken.json().get("differences").valueStream())
                .anySatisfy(d -> {
                    assertThat(d.get("where").asString()).isEqualTo("lake");
                    assertThat(d.get("problem").asString()).contains(lost.getFileName().toString());
                    assertThat(d.get("what").asString())
                            .endsWith(
                                    "offsets %d to %d"
                                            .formatted(
                                                    file.get("from").asLong(),
                                                    file.get("to").asLong() - 1));
                })
                .anySatisfy(d -> {
                    assertThat(d.get("where").asString()).isEqualTo("warehouse");
                    assertThat(d.get("problem").asString()).contains("has once only");
                    assertThat(d.get("what").asString()).contains("offsets ");
                });
        assertReconciled();
    }

    /// The local object store keeps an object as a file of its name.
    private static Path fileOf(String location) throws IOException {
        String name = location.substring(location.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.getFileName().toString().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// The same words for both: counts, sums, bounds, and what the rows say of themselves.
    private static final String FACTS =
            """
            SELECT concat_ws(' ', count(*), count(DISTINCT event_id),
                count(DISTINCT cast(kafka_partition AS bigint) * 1000000000 + kafka_offset),
                sum(kafka_offset), sum(version), count(order_id), sum(quantity),
                cast(sum(amount) AS decimal(38, 4)), cast(sum(unit_price * quantity) AS decimal(38, 4)),
                sum(length(account_id) + length(sku) + length(coalesce(category, ''))),
                sum(extract(minute FROM occurred_at)), min(event_id), max(event_id))
            FROM %s
            """;

    // D, show 6
    @Test
    void spark_which_nobody_here_wrote_finds_the_same_rows_and_sums() throws Exception {
        assertReconciled();
        String inTheWarehouse =
                done("sql", "--output", "csv", FACTS.formatted("warehouse.events"))
                        .out()
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow();

        assertThat(inSpark(FACTS.formatted("cart.events"))).isEqualTo(inTheWarehouse);
    }

    private static String inSpark(String question) throws IOException, InterruptedException {
        ProcessBuilder spark =
                new ProcessBuilder(Readme.ROOT.resolve("ops/spark/lake").toString(), question);
        spark.environment().put("CARTLOG_PORT", Integer.toString(cartlog.firstPort()));
        Path said = folder.resolve("spark.log");
        Process process = spark.redirectError(said.toFile()).start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(Files.readString(said)).isZero();
        return answer;
    }

    // S1-09, S1-10
    @Test
    void the_lake_is_exported_the_same_each_time() throws Exception {
        String snapshot =
                done("lake", "snapshots", "--output", "json").json().get(0).get("id").asString();
        Path once = folder.resolve("once");
        Path again = folder.resolve("again");

        JsonNode manifest =
                cartlog.done(export(once, "--snapshot", snapshot, "--output", "json")).json();
        done(export(again, "--snapshot", snapshot));

        assertThat(manifest.get("rows").asLong()).isPositive();
        assertThat(contents(once)).isEqualTo(contents(again)).hasSizeGreaterThan(1);
        assertThat(cartlog.here(export(once)).exit()).isEqualTo(2);
    }

    private static String[] export(Path to, String... more) {
        return with(more, "lake", "export", "--format", "csv", "--to", to.toString());
    }

    private static Map<Path, String> contents(Path root) throws IOException {
        Map<Path, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(root.relativize(file), Files.readString(file));
            }
        }
        return contents;
    }

    private static Said done(String... command) {
        return cartlog.doneHere(command);
    }

    @Test
    void who_has_a_token_of_one_account_sees_no_other_and_no_administration() throws Exception {
        Said token = cartlog.run("token", "--account", "10000042", "--output", "json");
        String bearer = token.json().get("accessToken").asString();
        try (ShopClient other = new ShopClient(cartlog.http() + "/v1/accounts/10000077", bearer);
                ShopClient all = new ShopClient(cartlog.http(), bearer);
                ShopClient none = new ShopClient(cartlog.http(), "no-token")) {
            assertThat(other.get("/cart").status()).isEqualTo(404);
            assertThat(other.get("/cart").text("code")).isEqualTo("account-not-found");
            assertThat(all.get("/v1/invoices/536365").text("code")).isEqualTo("insufficient-scope");
            assertThat(all.get("/actuator/prometheus").status()).isEqualTo(403);
            assertThat(none.get("/v1/accounts/10000042/cart").status()).isEqualTo(401);
        }
    }

    @Test
    void a_frontend_sees_what_happens_live_and_goes_on_where_it_was() throws Exception {
        try (ShopClient shop = shop("10000088")) {
            add(shop, "live-1", "P-1", 1, "9.99", "TV");
            List<String> first = shop.events("0", 1);
            add(shop, "live-2", "P-2", 1, "9.99", "TV");
            save(shop, "live-3", "P-3");
            List<String> rest = shop.events("1", 2);
            assertThat(first).containsExactly("1 ItemAdded");
            assertThat(rest).containsExactly("2 ItemAdded", "3 ItemSaved");
        }
    }

    @Test
    void no_log_has_a_secret_or_a_token() throws Exception {
        Path data = folder.resolve("data");
        List<String> secrets = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("secrets"))) {
            for (Path file : files.toList()) {
                secrets.add(Files.readString(file));
            }
        }
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(5);
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            assertThat(logs)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(log ->
                            assertThat(Files.readString(log))
                                    .doesNotContain(secrets)
                                    .doesNotContain("eyJ"));
        }
    }

    @Test
    void what_the_documents_tell_to_type_works() throws Exception {
        List<String> commands = new ArrayList<>(Readme.commands("curl "));
        commands.addAll(Readme.commands(Readme.FRONTEND, "curl "));
        for (String command : commands) {
            String here =
                    command.replace("http://localhost:8080", cartlog.http())
                            .replace("./cartlog", cartlog.commandLine());
            Await.until(() -> shell(here), answer -> answer.startsWith("{") && !isProblem(answer));
        }
    }

    private static boolean isProblem(String answer) {
        return Json.MAPPER.readTree(answer).has("code");
    }

    private static String shell(String command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
        cartlog.prepare(shell.environment());
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return out;
    }

    private static ShopClient shop(String account) {
        String token = done("token", "--account", account).out().strip();
        return new ShopClient(cartlog.http() + "/v1/accounts/" + account, token);
    }

    private static Said assertReconciled() {
        Said reconciled = cartlog.here("reconcile", "--output", "json");
        assertThat(reconciled.exit()).as(reconciled.out() + reconciled.err()).isZero();
        assertThat(reconciled.json().get("reconciled").asBoolean()).isTrue();
        assertThat(reconciled.json().get("notes")).isEmpty();
        return reconciled;
    }

    private static void add(
            ShopClient shop,
            String key,
            String product,
            int quantity,
            String price,
            String category)
            throws IOException, InterruptedException {
        String line =
                "{\"productId\":\"%s\",\"quantity\":%d,\"price\":\"%s\",\"category\":\"%s\"}"
                        .formatted(product, quantity, price, category);
        Reply reply = shop.post("/items", key, line);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
    }

    // S0-24
    private static void save(ShopClient shop, String key, String product)
            throws IOException, InterruptedException {
        String line = "{\"productId\":\"%s\",\"category\":\"TV\"}".formatted(product);
        assertThat(shop.post("/saved", key, line).status()).isEqualTo(200);
    }

    private static List<Map<String, AttributeValue>> lines(
            DynamoDbClient dynamodb, String account, String prefix) {
        return dynamodb.query(
                        QueryRequest.builder()
                                .tableName("CustomerPurchases")
                                .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":pk", AttributeValue.builder().s(account).build(),
                                                ":sk", AttributeValue.builder().s(prefix).build()))
                                .build())
                .items();
    }

    private static long endOfLog() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, Topics.EVENTS.name());
            consumer.assign(partitions);
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters()
            throws ExecutionException, InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, Topics.DEAD_LETTERS);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            consumer.poll(Duration.ofSeconds(2)).forEach(letters::add);
        }
        return letters;
    }

    private static List<String> readers(List<ConsumerRecord<byte[], byte[]>> letters) {
        return letters.stream()
                .map(letter -> letter.headers().lastHeader("dead-letter-reader"))
                .map(header -> new String(header.value(), UTF_8))
                .distinct()
                .toList();
    }

    private static List<TopicPartition> partitions(
            KafkaConsumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map((PartitionInfo info) -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", cartlog.kafka(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", cartlog.kafka()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static String[] with(String[] options, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(options));
        return all.toArray(String[]::new);
    }
}
