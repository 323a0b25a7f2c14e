package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.RunningService.Answer;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import tools.jackson.databind.JsonNode;

/// Events in the real log, questions over HTTP. Every test has accounts of its own.
class ProjectionIT {
    private static final String TABLE = "CustomerPurchases";
    private static RunningService service;
    private static EventWriter log;
    private static DynamoDbClient dynamoDb;

    @BeforeAll
    static void start() {
        service = new RunningService(TestStack.addresses(), TABLE);
        log = new EventWriter(TestStack.addresses().kafka());
        dynamoDb = TestStack.dynamoDb();
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
        dynamoDb.close();
    }

    private static void happen(Histories history) {
        log.write(history.events());
        service.awaitCaughtUp();
    }

    @Test // S0-15 to S0-26
    void the_notebooks_story_is_found_with_plain_queries_on_the_original_keys() {
        Histories story =
                new Histories("10045678")
                        .add("P-1001", 2, "199.99", "Electronics")
                        .after(1_000)
                        .add("P-1002", 1, "499.99", "TV")
                        .after(1_000)
                        .add("P-1003", 1, "699.99", "TV")
                        .after(1_000)
                        .save("P-2001", "TV")
                        .save("P-2002", "Electronics");
        happen(story);

        List<Map<String, AttributeValue>> active = query("10045678", "10045678#ACTIVE#");
        assertThat(active).hasSize(3);
        assertThat(active.stream().mapToInt(ProjectionIT::quantity).sum()).isEqualTo(4);
        JsonNode cart = service.get("/v1/accounts/10045678/cart").body();
        assertThat(cart.path("itemCount").asInt()).isEqualTo(4);
        assertThat(cart.path("total").asString()).isEqualTo("1599.96");
        assertThat(texts(cart.path("categories"))).containsExactly("Electronics", "TV");
        assertThat(texts(cart.path("lines"), "productId"))
                .containsExactly("P-1003", "P-1002", "P-1001");

        String order = "O-01KDYC4Q2YAAAAAAAAAAAAAAAA";
        log.write(
                after(
                        story,
                        () ->
                                story.after(1_000)
                                        .checkOut(order)
                                        .after(1_000)
                                        .add("P-1001", 1, "199.99", "Electronics")
                                        .checkOut("O-01KDYC4Q2YBBBBBBBBBBBBBBBB")));
        service.awaitCaughtUp();

        assertThat(query("10045678", "10045678#ACTIVE#")).isEmpty();
        assertThat(query("10045678", "10045678#SAVED#")).hasSize(2);
        List<Map<String, AttributeValue>> lines =
                query("10045678", "10045678#PURCHASED#" + order + "#");
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line).containsEntry("OrderId", AttributeValue.fromS(order)));
        assertThat(query("10045678", "10045678#PURCHASED#")).hasSize(4);
        JsonNode bought = service.get("/v1/accounts/10045678/orders/" + order).body();
        assertThat(bought.path("total").asString()).isEqualTo("1599.96");
        assertThat(bought.path("count").asInt()).isEqualTo(3);
        assertThat(texts(bought.path("lines"), "productId"))
                .containsExactly("P-1001", "P-1002", "P-1003");
    }

    private static List<RecordedEvent> after(Histories history, Runnable more) {
        int before = history.events().size();
        more.run();
        return history.events().subList(before, history.events().size());
    }

    private static List<Map<String, AttributeValue>> query(String pk, String skPrefix) {
        return dynamoDb.query(
                        QueryRequest.builder()
                                .tableName(TABLE)
                                .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                                .expressionAttributeValues(
                                        Map.of(
                                                ":pk", AttributeValue.fromS(pk),
                                                ":sk", AttributeValue.fromS(skPrefix)))
                                .build())
                .items();
    }

    private static int quantity(Map<String, AttributeValue> item) {
        AttributeValue none = AttributeValue.fromM(Map.of());
        AttributeValue zero = AttributeValue.fromN("0");
        return Integer.parseInt(
                item.getOrDefault("ItemSKU", none).m().getOrDefault("Quantity", zero).n());
    }

    @Test // S0-03, S0-07
    void items_come_newest_first_and_page_by_page() {
        Histories history = new Histories("paging");
        for (int i = 1; i <= 7; i++) {
            history.add("P-" + i, i, "1.50", "TV");
        }
        happen(history);

        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode body =
                    service.get("/v1/accounts/paging/items?status=ACTIVE&limit=3" + cursor).body();
            seen.addAll(texts(body.path("items"), "productId"));
            cursor = "&cursor=" + body.path("nextCursor").asString("");
        }

        assertThat(seen).containsExactly("P-7", "P-6", "P-5", "P-4", "P-3", "P-2", "P-1");
        assertThat(cursor).isEqualTo("&cursor=");
    }

    @Test
    void a_list_of_purchases_shows_one_version_on_all_its_pages() {
        Histories history = new Histories("pinned");
        for (int i = 1; i <= 4; i++) {
            history.purchase("7001", "P-" + i, 1, "2.00");
        }
        happen(history);
        JsonNode first = service.get("/v1/accounts/pinned/items?status=PURCHASED&limit=2").body();

        log.write(after(history, () -> history.purchase("6000", "P-9", 1, "2.00")));
        service.awaitCaughtUp();
        JsonNode second =
                service.get(
                                "/v1/accounts/pinned/items?status=PURCHASED&limit=2&cursor="
                                        + first.path("nextCursor").asString())
                        .body();

        assertThat(texts(first.path("items"), "productId")).containsExactly("P-4", "P-3");
        assertThat(texts(second.path("items"), "productId")).containsExactly("P-2", "P-1");
        assertThat(second.path("items").get(0).path("description").asString())
                .isEqualTo("WHITE HANGING HEART");
    }

    @Test // S0-25
    void the_saved_list_reports_what_it_costs() {
        happen(new Histories("capacity").save("P-1", "TV").save("P-2", "TV"));

        JsonNode body =
                service.get("/v1/accounts/capacity/items?status=SAVED&consumed=true").body();

        assertThat(texts(body.path("items"), "productId")).containsExactly("P-2", "P-1");
        assertThat(body.path("consumed").path("GSI1").asDouble()).isEqualTo(0.5);
        assertThat(body.path("consumed").path("table").asDouble()).isEqualTo(1.0);
    }

    /// The table of docs/operations.md: a query, and the read units that it may use.
    private static List<String[]> budgets() throws IOException {
        return Files.readAllLines(Path.of("../docs/operations.md")).stream()
                .filter(line -> line.startsWith("| `/v1/") && line.contains("budget"))
                .map(line -> line.substring(1).split("\\|"))
                .toList();
    }

    @Test // S0-25
    void no_query_uses_more_read_units_than_the_guide_says() throws IOException {
        happen(withOrders("budget"));
        log.write(
                IntStream.range(0, 40)
                        .boxed()
                        .flatMap(i ->
                                new Histories("budget-" + i)
                                        .add("P-budget", 1, "1.50", "TV").events().stream())
                        .toList());
        service.awaitCaughtUp();

        List<String[]> budgets = budgets();

        assertThat(budgets).hasSizeGreaterThanOrEqualTo(8);
        assertThat(budgets)
                .allSatisfy(budget -> {
                    String query = budget[0].strip().replace("`", "");
                    String sign = query.contains("?") ? "&" : "?";
                    JsonNode body = service.get(query + sign + "consumed=true").body();
                    double units =
                            body.path("consumed")
                                    .valueStream()
                                    .mapToDouble(JsonNode::asDouble)
                                    .sum();
                    assertThat(units)
                            .as(query + " " + body.path("consumed"))
                            .isGreaterThan(0)
                            .isLessThanOrEqualTo(Double.parseDouble(budget[2].strip()));
                });
    }

    /// 60 lines in one order, one line in each of 30 others, 100 in the cart, 10 saved.
    private static Histories withOrders(String account) {
        Histories history = new Histories(account);
        for (int i = 0; i < 60; i++) {
            history.add("P-" + i, 1, "1.50", "TV");
        }
        history.checkOut("O-01KDYC4Q2YBBBBBBBBBBBBBBBC");
        for (int i = 0; i < 30; i++) {
            history.purchase("budget-" + i, "P-" + i, 1, "1.50");
        }
        for (int i = 0; i < 100; i++) {
            history.add("P-" + i, 1, "1.50", "TV");
        }
        for (int i = 0; i < 10; i++) {
            history.save("P-" + i, "TV");
        }
        return history;
    }

    @Test
    void two_adds_in_the_same_millisecond_keep_both_newest_first() {
        happen(new Histories("same-ms").add("P-1", 1, "1", null).add("P-2", 1, "1", null));

        JsonNode cart = service.get("/v1/accounts/same-ms/cart").body();

        assertThat(texts(cart.path("lines"), "productId")).containsExactly("P-2", "P-1");
        assertThat(texts(cart.path("lines"), "addedAt").stream().distinct()).hasSize(1);
    }

    @Test
    void a_line_without_a_price_is_named_and_not_summed() {
        happen(
                new Histories("unpriced")
                        .add("P-1", 2, "1.25", null)
                        .save("P-2", "TV")
                        .moveToCart("P-2"));

        JsonNode cart = service.get("/v1/accounts/unpriced/cart").body();

        assertThat(cart.path("total").asString()).isEqualTo("2.50");
        assertThat(cart.path("itemCount").asInt()).isEqualTo(3);
        assertThat(texts(cart.path("unpriced"))).containsExactly("P-2");
    }

    @Test // S1-06, S4-05
    void orders_and_invoices_are_found_by_account_and_by_number() {
        happen(
                new Histories("12347")
                        .purchase("537626", "85116", 12, "2.10")
                        .purchase("537626", "85116", -1, "2.10")
                        .after(60_000)
                        .purchase("542237", "84625A", 6, "4.25"));
        happen(new Histories("12348").purchase("537626", "22728", 1, "3.75"));

        JsonNode orders = service.get("/v1/accounts/12347/orders?limit=1").body();
        JsonNode invoice = service.get("/v1/invoices/537626").body();

        assertThat(texts(orders.path("items"), "orderId")).containsExactly("542237");
        JsonNode rest =
                service.get(
                                "/v1/accounts/12347/orders?limit=1&cursor="
                                        + orders.path("nextCursor").asString())
                        .body();
        assertThat(texts(rest.path("items"), "orderId")).containsExactly("537626");
        assertThat(rest.path("items").get(0).path("total").asString()).isEqualTo("23.10");
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(invoice.path("count").asInt()).isEqualTo(3);
        assertThat(invoice.path("total").asString()).isEqualTo("26.85");
        assertThat(texts(invoice.path("accounts"))).containsExactly("12347", "12348");
    }

    @Test // S0-08
    void a_products_holders_are_merged_over_the_shards_newest_first() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String account = "holder-" + i;
            Histories history = new Histories(account).after(i * 1_000L);
            log.write(history.add("P-HELD", 1, "9.99", "TV").events());
            expected.addFirst(account);
        }
        service.awaitCaughtUp();

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode body =
                    service.get("/v1/products/P-HELD/accounts?status=ACTIVE&limit=5" + cursor)
                            .body();
            seen.addAll(texts(body.path("items"), "accountId"));
            cursor =
                    body.path("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + body.path("nextCursor").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(expected);
        assertThat(service.get("/v1/products/P-HELD/accounts?status=SAVED").body().path("items"))
                .isEmpty();
    }

    @Test // C, show 5
    void paging_through_a_product_that_everybody_adds_misses_and_doubles_nobody() {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < 120; i++) {
            addHot("hot-" + i, i * 1_000L);
            before.add("hot-" + i);
        }
        service.awaitCaughtUp();

        List<String> seen = new ArrayList<>();
        String cursor = "";
        int more = 0;
        do {
            // Some are newer than the page, some fall in between, some are older.
            addHot("more-" + ++more, more * 7_000L - 10_000);
            JsonNode body =
                    service.get("/v1/products/P-HOT/accounts?status=ACTIVE&limit=7" + cursor)
                            .body();
            seen.addAll(texts(body.path("items"), "accountId"));
            JsonNode next = body.path("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
        } while (!cursor.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsAll(before);
        assertThat(more).isGreaterThan(17);
    }

    private void addHot(String account, long millis) {
        log.write(new Histories(account).after(millis).add("P-HOT", 1, "9.99", "TV").events());
    }

    @Test // S0-08
    void holders_of_a_product_are_listed_by_days() {
        for (int day = 0; day < 6; day++) {
            Histories history = new Histories("daily-" + day).after(day * 86_400_000L);
            log.write(history.add("P-DAILY", 1, "9.99", "TV").events());
        }
        service.awaitCaughtUp();
        List<String> days =
                texts(
                        service.get("/v1/products/P-DAILY/accounts?status=ACTIVE")
                                .body()
                                .path("items"),
                        "createTimestamp");
        String third = days.get(3).substring(0, 10);
        String fifth = days.get(1).substring(0, 10);

        assertThat(holders("from=" + third + "&to=" + fifth)).containsExactly("daily-3", "daily-2");
        assertThat(holders("from=" + days.get(3) + "&to=" + days.get(1)))
                .containsExactly("daily-3", "daily-2");
        assertThat(holders("from=" + fifth)).containsExactly("daily-5", "daily-4");
        assertThat(holders("to=" + third)).containsExactly("daily-1", "daily-0");
        assertThat(holders("from=" + third + "&to=" + third)).isEmpty();
        JsonNode page =
                service.get(
                                "/v1/products/P-DAILY/accounts?status=ACTIVE&limit=1&from="
                                        + third
                                        + "&to="
                                        + fifth)
                        .body();
        String cursor = "&cursor=" + page.path("nextCursor").asString();
        assertThat(holders("from=" + third + "&to=" + fifth + cursor)).containsExactly("daily-2");
        assertThat(service.get("/v1/products/P-DAILY/accounts?status=ACTIVE" + cursor).status())
                .isEqualTo(400);
        for (String wrong :
                List.of("from=yesterday", "to=2011-13-01", "from=" + fifth + "&to=" + third)) {
            assertThat(service.get("/v1/products/P-DAILY/accounts?status=ACTIVE&" + wrong).status())
                    .isEqualTo(400);
        }
    }

    private static List<String> holders(String period) {
        return texts(
                service.get("/v1/products/P-DAILY/accounts?status=ACTIVE&" + period)
                        .body()
                        .path("items"),
                "accountId");
    }

    @Test
    void a_reader_never_sees_half_a_checkout_of_1114_lines() {
        Histories history = new Histories("big-cart");
        for (int i = 1; i <= 1_114; i++) {
            history.add("P-" + i, 1, "0.50", "TV");
        }
        happen(history);
        assertThat(cartSize("big-cart")).isEqualTo(1_114);

        log.write(after(history, () -> history.checkOut("O-BIG")));
        Map<String, Integer> seen = new HashMap<>();
        String last;
        do {
            int before = cartSize("big-cart");
            int order = orderSize("big-cart", "O-BIG");
            int after = cartSize("big-cart");
            last = before + " " + order + " " + after;
            seen.merge(last, 1, Integer::sum);
        } while (!last.equals("0 1114 0"));

        assertThat(Set.of("1114 0 1114", "1114 0 0", "1114 1114 0", "0 1114 0"))
                .containsAll(seen.keySet());
        service.awaitCaughtUp();
        assertThat(query("big-cart", "big-cart#ACTIVE#")).isEmpty();
        assertThat(service.get("/v1/invoices/O-BIG").body().path("total").asString())
                .isEqualTo("557.00");
    }

    private static int cartSize(String account) {
        return service.get("/v1/accounts/" + account + "/cart").body().path("lines").size();
    }

    private static int orderSize(String account, String order) {
        Answer answer = service.get("/v1/accounts/" + account + "/orders/" + order);
        return answer.status() == 404 ? 0 : answer.body().path("lines").size();
    }

    @Test
    void an_unknown_account_has_nothing_at_version_0() {
        Answer cart = service.get("/v1/accounts/nobody/cart");
        Answer items = service.get("/v1/accounts/nobody/items?status=SAVED");

        assertThat(cart.status()).isEqualTo(200);
        assertThat(cart.header("ETag")).isEqualTo("\"0\"");
        assertThat(cart.body().path("version").asLong(-1)).isZero();
        assertThat(cart.body().path("total").asString()).isEqualTo("0.00");
        assertThat(items.body().path("items")).isEmpty();
        assertThat(items.body().path("nextCursor").isNull()).isTrue();
    }

    @Test
    void a_reader_who_has_the_version_is_told_so() {
        happen(new Histories("etag").add("P-1", 1, "1", null));

        Answer known = service.get("/v1/accounts/etag/cart", "If-None-Match", "\"1\"");

        assertThat(known.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/accounts/x/items?status=LOST,          400, status",
        "/v1/accounts/x/items,                      400, status",
        "/v1/accounts/x/items?status=SAVED&limit=0, 400, limit",
        "/v1/accounts/x/items?status=SAVED&limit=101, 400, limit",
        "/v1/accounts/x/items?status=SAVED&limit=ten, 400, limit",
        "/v1/accounts/x/items?status=SAVED&limit=0x10, 400, limit",
        "/v1/accounts/x/cart?consumed=yes,          400, consumed",
        "/v1/accounts/a%2Fb/cart,                   400, account",
        "/v1/accounts/-x/cart,                      400, account",
        "/v1/accounts/x/orders?limit=-1,            400, limit",
        "/v1/products/P-1/accounts,                 400, status",
    })
    void a_bad_parameter_is_named(String path, int status, String parameter) {
        Answer answer = service.get(path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("code").asString()).isEqualTo("invalid-parameter");
        assertThat(answer.body().path("parameter").asString()).isEqualTo(parameter);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/accounts/x/orders/O-NONE, order-not-found",
        "/v1/invoices/999999,          invoice-not-found",
        "/v1/invoices/a%2Fb,           invoice-not-found",
        "/v1/nothing,                  not-found",
    })
    void what_is_not_there_is_a_problem_404(String path, String code) {
        Answer answer = service.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items?status=%ff", "/orders/a%ffb"})
    void an_address_that_is_no_text_is_a_problem(String path) {
        Answer answer = service.get("/v1/accounts/x" + path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("bad-request");
    }

    @Test
    void what_nobody_can_read_nor_say_whose_it_is_is_put_aside_and_holds_up_nobody() {
        byte[] garbage = "no event at all".getBytes(StandardCharsets.UTF_8);
        log.writeGarbage("no account", garbage);
        happen(new Histories("beside-garbage").add("P-1", 1, "1", null));

        assertThat(cartSize("beside-garbage")).isEqualTo(1);
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(1);
        assertThat(letters.getFirst().value()).isEqualTo(garbage);
        assertThat(letters.getFirst().key()).asString().isEqualTo("no account");
        assertThat(header(letters.getFirst(), "dead-letter-topic")).isEqualTo("cart.events");
        assertThat(header(letters.getFirst(), "dead-letter-reader"))
                .isEqualTo("projection-service");
        assertThat(header(letters.getFirst(), "dead-letter-error"))
                .contains("schema id", "no account");
        assertThat(Long.parseLong(header(letters.getFirst(), "dead-letter-offset")))
                .isNotNegative();
        assertThat(service.get("/internal/dead-letters").body().at("/letters/0/state").asString())
                .isEqualTo("PASSED_OVER");
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of("bootstrap.servers", TestStack.addresses().kafka()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            while (letters.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(letters::add);
            }
        }
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void what_was_never_committed_is_never_seen() {
        log.writeAndAbort(new Histories("aborted").add("P-1", 1, "1", null).events());
        service.awaitCaughtUp();

        assertThat(cartSize("aborted")).isZero();
    }

    @Test
    void progress_health_and_metrics_tell_what_is_going_on() {
        happen(new Histories("progress").add("P-1", 1, "1", null));

        JsonNode progress = service.get("/internal/progress").body();

        assertThat(progress.path("partitions")).hasSize(4);
        assertThat(progress.path("eventsApplied").asLong()).isPositive();
        assertThat(progress.path("itemsWritten").asLong()).isPositive();
        assertThat(progress.path("failed").isNull()).isTrue();
        assertThat(service.get("/actuator/health").body().path("status").asString())
                .isEqualTo("UP");
        assertThat(service.get("/actuator/health/liveness").body().path("status").asString())
                .isEqualTo("UP");
        assertThat(service.get("/actuator/health/readiness").body().path("status").asString())
                .isEqualTo("UP");
        assertThat(service.send(service.request("/actuator/prometheus")).body())
                .contains(
                        "cartlog_projection_events_total",
                        "cartlog_projection_delay_seconds",
                        "cartlog_freshness_seconds{store=\"views\"}");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(node -> node.path(field).asString())
                .toList();
    }
}
