package io.cartlog.commands;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.cartlog.commands.cart.Cart;
import io.cartlog.commands.cart.CartDecider;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/// The service as a client sees it, on a real broker.
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class CommandServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TV =
            "{\"productId\":\"P-1001\",\"quantity\":2,\"price\":\"199.99\",\"category\":\"TV\"}";

    private Path folder;

    private final TestTokens tokens = new TestTokens();
    private final HttpClient client = new BearerClient(tokens.ops());
    private LocalStack stack;
    private HttpServer readModel;
    private ConfigurableApplicationContext service;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder.resolve("stack")).only(Part.KAFKA));
        readModel = readModel(0);
        service = started("memory");
    }

    @AfterAll
    void stop() {
        service.close();
        readModel.stop(0);
        tokens.close();
        stack.close();
    }

    @Test
    void the_notebooks_story_is_one_order() throws Exception { // S0-15, S0-19, S0-21, S0-22
        String account = fresh();
        post(account + "/items", "a1", TV);
        post(
                account + "/items",
                "a2",
                "{\"productId\":\"P-1002\",\"quantity\":1,\"price\":499.99}");
        post(
                account + "/items",
                "a3",
                "{\"productId\":\"P-1003\",\"quantity\":1,\"price\":699.99}");
        HttpResponse<String> order = post(account + "/checkout", "c1", "");
        HttpResponse<String> again = post(account + "/checkout", "c1", "");
        assertThat(order.statusCode()).isEqualTo(201);
        assertThat(order.headers().firstValue("ETag")).hasValue("\"4\"");
        assertThat(order.body()).contains("\"total\":\"1599.96\"", "\"orderId\":\"O-");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(order.body());
        assertThat(events(account))
                .extracting(RecordedEvent::version)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void every_command_has_its_address() throws Exception {
        String account = fresh();
        assertThat(post(account + "/items", "1", TV).statusCode()).isEqualTo(200);
        assertThat(send("PUT", account + "/items/P-1001", null, "{\"quantity\":7}").body())
                .contains("\"type\":\"QuantitySet\"", "\"previous\":2");
        assertThat(post(account + "/items/P-1001/save-for-later", "2", "").body())
                .contains("\"type\":\"ItemSavedForLater\"");
        assertThat(post(account + "/saved/1001/move-to-cart", "3", "{\"quantity\":3}").body())
                .contains("\"type\":\"ItemMovedToCart\"", "\"moved\":3");
        assertThat(send("DELETE", account + "/items/P-1001", null, null).body())
                .contains("\"type\":\"ItemRemoved\"");
        assertThat(post(account + "/saved", "4", "{\"productId\":\"BANK CHARGES\"}").body())
                .contains("\"type\":\"ItemSaved\"");
        assertThat(send("DELETE", account + "/saved/BANK%20CHARGES", null, null).body())
                .contains("\"type\":\"SavedItemRemoved\"", "\"version\":7");
    }

    @Test
    void a_refusal_says_which_rule_and_which_numbers() throws Exception {
        String account = fresh();
        post(account + "/items", "1", TV);
        HttpResponse<String> refusal =
                send("PUT", account + "/items/P-1001", "2", "{\"quantity\":10000}");
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(refusal.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(refusal.body())
                .contains(
                        "\"code\":\"quantity-above-limit\"",
                        "\"inCart\":2",
                        "\"requested\":10000",
                        "\"limit\":9999");
        assertThat(post(account + "/items/P-9/save-for-later", "3", "").statusCode())
                .isEqualTo(409);
    }

    @Test
    void two_hundred_posts_with_one_key_are_one_event() throws Exception { // S0-22
        String account = fresh();
        List<Callable<HttpResponse<String>>> posts =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                (Callable<HttpResponse<String>>)
                                        () -> post(account + "/items", "same", TV))
                        .toList();
        List<HttpResponse<String>> answers = inParallel(posts);
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(answers)
                .filteredOn(a -> a.headers().firstValue("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(events(account)).hasSize(1);
        restart("memory");
        List<HttpResponse<String>> again = inParallel(posts);
        assertThat(again)
                .allMatch(a -> a.headers().firstValue("Idempotent-Replayed").isPresent())
                .extracting(HttpResponse::body)
                .containsOnly(answers.getFirst().body());
        assertThat(events(account)).hasSize(1);
    }

    @Test
    void twenty_logins_at_once_merge_a_guest_once_and_undo_gives_both_their_carts_back()
            throws Exception {
        for (int round = 0; round < 5; round++) {
            String account = fresh();
            String guest = "guest-" + account.substring(2, 30);
            post(account + "/items", "own", TV);
            fill(guest, 65);
            List<Callable<HttpResponse<String>>> logins =
                    IntStream.range(0, 20)
                            .mapToObj(i ->
                                    (Callable<HttpResponse<String>>)
                                            () ->
                                                    post(
                                                            account + "/cart/merge",
                                                            "m" + i,
                                                            merge(guest)))
                            .toList();
            List<HttpResponse<String>> answers = inParallel(logins);
            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
            assertThat(answers).filteredOn(a -> a.body().contains("CartMerged")).hasSize(1);
            assertThat(cart(account).active()).hasSize(66);
            assertThat(cart(guest).isEmpty()).isTrue();
            HttpResponse<String> undone = post(account + "/cart/undo", "undo", "");
            assertThat(undone.body()).contains("\"type\":\"MergeUndone\"");
            await(() -> cart(guest).active().size() == 65);
            assertThat(cart(account).active()).hasSize(1);
        }
    }

    @Test
    void merges_under_way_survive_a_restart_without_local_state() throws Exception {
        int shoppers = 40;
        String name = fresh().substring(0, 20);
        for (int i = 0; i < shoppers; i++) {
            post("guest-" + name + i + "/items", "g", TV);
        }
        List<Callable<HttpResponse<String>>> merges =
                IntStream.range(0, shoppers)
                        .mapToObj(i ->
                                (Callable<HttpResponse<String>>)
                                        () ->
                                                async(
                                                        name + i + "/cart/merge",
                                                        "m",
                                                        merge("guest-" + name + i)))
                        .toList();
        assertThat(inParallel(merges)).extracting(HttpResponse::statusCode).containsOnly(202);
        restart("memory");
        for (int i = 0; i < shoppers; i++) {
            String account = name + i;
            await(() -> get("/v1/accounts/" + account + "/commands/m").body().contains("applied"));
            assertThat(cart(account).active()).hasSize(1);
            assertThat(cart("guest-" + account).isEmpty()).isTrue();
        }
    }

    @Test
    void ten_thousand_pairs_at_once_get_versions_in_a_row() throws Exception {
        String account = fresh();
        for (int half = 0; half < 2; half++) {
            int first = half * 5_000;
            String batch =
                    IntStream.range(first, first + 5_000)
                            .mapToObj(i ->
                                    line(account, "a" + i, "AddItem", ",\"quantity\":1,\"price\":1")
                                            + "\n"
                                            + line(
                                                    account,
                                                    "b" + i,
                                                    "SetQuantity",
                                                    ",\"quantity\":1"))
                            .collect(joining("\n"));
            HttpResponse<String> answer =
                    to("/v1/events/batch", "unused", "application/x-ndjson", batch);
            assertThat(answer.body().lines())
                    .hasSize(10_000)
                    .allMatch(l -> l.contains("\"status\":200"));
        }
        assertThat(events(account))
                .extracting(RecordedEvent::version)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 20_000).boxed().toList());
    }

    private static String line(String account, String key, String command, String more) {
        return "{\"idempotencyKey\":\"%s\",\"account\":\"%s\",\"command\":\"%s\",\"productId\":\"A\"%s}"
                .formatted(key, account, command, more);
    }

    @Test
    void a_checkout_says_which_version_it_has_seen() throws Exception {
        String account = fresh();
        HttpResponse<String> added = post(account + "/items", "1", TV);
        HttpResponse<String> blind = guarded(account + "/checkout", "2", null);
        HttpResponse<String> wrong = guarded(account + "/checkout", "2", "1");
        HttpResponse<String> stale = guarded(account + "/checkout", "2", "\"7\"");
        HttpResponse<String> right =
                guarded(
                        account + "/checkout",
                        "2",
                        added.headers().firstValue("ETag").orElseThrow());
        assertThat(blind.statusCode()).isEqualTo(428);
        assertThat(blind.body()).contains("\"type\":\"/problems/precondition-required\"");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("\"expected\":7", "\"version\":1", "\"sku\":\"P-1001\"");
        assertThat(right.statusCode()).isEqualTo(201);
        assertThat(right.headers().firstValue(ConsistencyToken.HEADER))
                .hasValue(new ConsistencyToken(new AccountId(account), 2).toString());
    }

    @Test
    void who_does_not_wait_is_told_where_to_ask() throws Exception {
        String account = fresh();
        HttpResponse<String> accepted = async(account + "/items", "a/bc", TV);
        String location = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.body()).contains("\"status\":\"pending\"");
        assertThat(accepted.headers().firstValue("Preference-Applied")).hasValue("respond-async");
        assertThat(location).isEqualTo("/v1/accounts/" + account + "/commands/a%2Fbc");
        assertThat(get(location).body())
                .contains("\"status\":\"applied\"", "\"answerStatus\":200", "ItemAdded");
        async(account + "/items/P-9/save-for-later", "2", "");
        assertThat(get("/v1/accounts/" + account + "/commands/2").body())
                .contains("\"status\":\"refused\"", "\"code\":\"item-not-in-cart\"");
        HttpResponse<String> unknown = get("/v1/accounts/" + account + "/commands/3");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"code\":\"command-not-found\"");
    }

    @Test
    void actions_happen_together_or_not_at_all() throws Exception {
        String account = fresh();
        String add = TV.replace("{", "{\"command\":\"AddItem\",");
        String clear = "{\"command\":\"ClearCart\"}";
        String remove = "{\"command\":\"RemoveItem\",\"productId\":\"P-9\"}";
        HttpResponse<String> all = post(account + "/cart/actions", "1", actions(clear, add, add));
        HttpResponse<String> none = post(account + "/cart/actions", "2", actions(add, remove));
        HttpResponse<String> bad =
                post(
                        account + "/cart/actions",
                        "3",
                        actions(
                                add.replace("quantity", "quantty"),
                                "{\"command\":\"Dance\"}",
                                "7"));
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).contains("\"version\":2");
        assertThat(none.statusCode()).isEqualTo(409);
        assertThat(none.body()).contains("\"action\":1", "\"code\":\"item-not-in-cart\"");
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body())
                .contains(
                        "\"/actions/0/quantity\"",
                        "\"/actions/0/quantty\"",
                        "\"/actions/1/command\"",
                        "\"/actions/2\"");
        assertThat(events(account)).hasSize(2);
        assertThat(send("DELETE", account + "/cart", null, null).body()).contains("CartCleared");
        assertThat(post(account + "/cart/undo", "4", "").body()).contains("ClearUndone");
        assertThat(cart(account).active()).hasSize(1);
    }

    private static String actions(String... actions) {
        return "{\"actions\":[" + String.join(",", actions) + "]}";
    }

    @ParameterizedTest
    @CsvSource({
        "17850,17851,sum,/guest",
        "guest-1,guest-2,sum,/account",
        "17850,guest-1,add,/policy"
    })
    void only_guests_are_merged_and_only_into_customers(
            String account, String guest, String policy, String pointer) throws Exception {
        HttpResponse<String> answer =
                post(account + "/cart/merge", "k", merge(guest).replace("sum", policy));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"pointer\":\"" + pointer + "\"");
    }

    @Test
    void an_account_that_sends_too_much_is_slowed_down_and_others_are_not() throws Exception {
        String account = fresh();
        List<Callable<HttpResponse<String>>> posts =
                IntStream.range(0, 1_500)
                        .mapToObj(i ->
                                (Callable<HttpResponse<String>>)
                                        () -> get("/v1/accounts/" + account + "/commands/x"))
                        .toList();
        List<HttpResponse<String>> slowed =
                inParallel(posts).stream().filter(a -> a.statusCode() == 429).toList();
        assertThat(slowed)
                .isNotEmpty()
                .allMatch(a -> a.headers().firstValue("Retry-After").isPresent())
                .allMatch(a -> a.body().contains("\"code\":\"too-many-requests\""));
        assertThat(post(fresh() + "/items", "1", TV).statusCode()).isEqualTo(200);
    }

    @Test
    void a_problem_has_a_page_and_a_trace() throws Exception {
        HttpResponse<String> problem =
                client.send(
                        HttpRequest.newBuilder(address("/v1/accounts/a/checkout"))
                                .header(
                                        "traceparent",
                                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
        assertThat(problem.body())
                .contains(
                        "\"type\":\"/problems/precondition-required\"",
                        "\"traceId\":\"0af7651916cd43dd8448eb211c80319c\"");
        assertThat(problem.headers().firstValue("Cartlog-Trace-Id"))
                .hasValue("0af7651916cd43dd8448eb211c80319c");
        HttpResponse<String> page = get("/problems/precondition-required");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("What to do");
        assertThat(get("/problems/none").statusCode()).isEqualTo(404);
    }

    @Test
    void json_that_is_nested_too_deep_is_refused() throws Exception {
        HttpResponse<String> answer =
                post(
                        fresh() + "/items",
                        "k",
                        "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"malformed-json\"");
    }

    private void fill(String account, int lines) throws Exception {
        for (int from = 0; from < lines; from += 50) {
            String[] adds =
                    IntStream.range(from, Math.min(lines, from + 50))
                            .mapToObj(i ->
                                    ("{\"command\":\"AddItem\",\"productId\":\"G-%d\",\"quantity\":2,"
                                                    + "\"price\":\"1.50\"}")
                                            .formatted(i))
                            .toArray(String[]::new);
            HttpResponse<String> answer =
                    post(account + "/cart/actions", "fill-" + from, actions(adds));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static String merge(String guest) {
        return "{\"guest\":\"%s\",\"policy\":\"sum\"}".formatted(guest);
    }

    /// What the account's events make of nothing.
    private Cart cart(String account) {
        Cart cart = Cart.EMPTY;
        for (RecordedEvent event : events(account)) {
            assertThat(event.version()).isEqualTo(cart.version() + 1);
            cart = CartDecider.evolve(cart, event.event());
        }
        return cart;
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> guarded(String path, String key, @Nullable String version)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/v1/accounts/" + path))
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.noBody());
        if (version != null) {
            request.header("If-Match", version);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> async(String path, String key, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/v1/accounts/" + path))
                        .header("Idempotency-Key", key)
                        .header("If-Match", "*")
                        .header("Prefer", "respond-async")
                        .POST(BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void requests_at_the_same_time_with_one_key_get_each_their_own_answer() throws Exception {
        String account = fresh();
        List<Callable<HttpResponse<String>>> posts =
                IntStream.range(0, 50)
                        .mapToObj(i ->
                                (Callable<HttpResponse<String>>)
                                        () ->
                                                post(
                                                        account + "/items",
                                                        "same",
                                                        TV.replace(
                                                                "\"quantity\":2",
                                                                "\"quantity\":" + (1 + i % 2))))
                        .toList();
        List<Integer> statuses = inParallel(posts).stream().map(HttpResponse::statusCode).toList();
        assertThat(statuses).filteredOn(s -> s == 200).hasSize(25);
        assertThat(statuses).filteredOn(s -> s == 422).hasSize(25);
        assertThat(events(account)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void an_order_is_remembered_over_a_restart_without_local_state(String store) throws Exception {
        String account = fresh();
        restart(store);
        post(account + "/items", "a", TV);
        HttpResponse<String> order = post(account + "/checkout", "c", "");
        restart(store);
        HttpResponse<String> again = post(account + "/checkout", "c", "");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(order.body());
        assertThat(post(account + "/items", "b", TV).body()).contains("\"version\":3");
        assertThat(events(account)).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST|/items|k|{|400|malformed-json|not JSON",
                "POST|/items|k|''|400|malformed-json|nothing is there",
                "POST|/items|k|{\"a\":1,\"a\":1}|400|malformed-json|Duplicate",
                "POST|/items|k|{} {}|400|malformed-json|not JSON",
                "POST|/items|k|[]|422|invalid-fields|must be an object",
                "POST|/items|k|{}|422|invalid-fields|/productId",
                "POST|/items|k|{\"productId\":7,\"quantity\":1,\"price\":1}|422|invalid-fields|/productId",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":-1,\"price\":1}|422|invalid-fields|/quantity",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":\"1\",\"price\":1}|422|invalid-fields|/quantity",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":1,\"price\":1.00001}|422|invalid-fields|/price",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":1,\"price\":-1}|422|invalid-fields|/price",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":1,\"price\":1,\"colour\":1}|422|invalid-fields|/colour",
                "POST|/items|-|{\"productId\":\"P\",\"quantity\":1,\"price\":1}|400|idempotency-key-missing|Idempotency-Key",
                "POST|/items|a b|{\"productId\":\"P\",\"quantity\":1,\"price\":1}|400|idempotency-key-invalid|100",
                "PUT|/items/P|k|{\"quantity\":0}|422|invalid-fields|/quantity",
                "POST|/items/a%23b/save-for-later|k|''|422|invalid-fields|/productId",
                "PUT|/items/%ff|k|{\"quantity\":1}|400|bad-request|malformed",
                "POST|/items|k|{\"productId\":\"\\ud800\",\"quantity\":1,\"price\":1}|422|invalid-fields|/productId",
                "POST|/items|k|{\"productId\":\"P\",\"quantity\":1,\"price\":\"+1\"}|422|invalid-fields|/price",
                "POST|/items|k|{\"productId\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}|400|malformed-json|16 levels",
                "PATCH|/items/P|k|{}|405|method-not-allowed|PATCH",
                "PUT|/checkout|k|{}|405|method-not-allowed|PUT"
            })
    void bad_input_is_answered_with_what_is_wrong(
            String method,
            String path,
            String key,
            String body,
            int status,
            String code,
            String hint)
            throws Exception {
        HttpResponse<String> answer =
                send(method, fresh() + path, key.equals("-") ? null : key, body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", hint)
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void a_body_of_two_megabytes_is_too_large() throws Exception {
        HttpResponse<String> answer = post(fresh() + "/items", "k", " ".repeat(2_000_000) + TV);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("body-too-large");
    }

    @Test
    void an_address_that_is_none_is_a_problem_too() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address("/").getPort())) {
            socket.getOutputStream()
                    .write(utf8("GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"bad-request\"");
        }
    }

    @Test
    void a_body_that_breaks_off_is_a_problem_too() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address("/").getPort())) {
            List<String> head =
                    List.of(
                            "POST /v1/accounts/a/items HTTP/1.1",
                            "Host: x",
                            "Connection: close",
                            "Authorization: Bearer " + tokens.ops(),
                            "Idempotency-Key: k",
                            "Content-Type: application/json",
                            "Content-Length: 9");
            socket.getOutputStream().write(utf8(String.join("\r\n", head) + "\r\n\r\n{"));
            socket.shutdownOutput();
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"body-incomplete\"");
        }
    }

    @Test
    void what_the_client_would_not_accept_is_not_even_decided() throws Exception {
        String account = fresh();
        HttpRequest request =
                HttpRequest.newBuilder(address("/v1/accounts/" + account + "/items"))
                        .header("Idempotency-Key", "k")
                        .header("Prefer", "respond-async")
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/plain")
                        .POST(BodyPublishers.ofString(TV))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("\"code\":\"not-acceptable\"");
        assertThat(post(account + "/items", "k2", TV).body()).contains("\"version\":1");
    }

    @Test
    void another_type_of_content_is_not_supported() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address("/v1/accounts/a/items"))
                        .header("Idempotency-Key", "k")
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString("a,b"))
                        .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"code\":\"unsupported-media-type\"");
    }

    @Test
    void a_retail_row_is_echoed_with_its_columns() throws Exception { // S1-01
        String row =
                "{\"InvoiceNo\":\"C536379\",\"StockCode\":\"D\",\"Description\":null,\"Quantity\":-1,"
                        + "\"InvoiceDate\":\"12/1/2010 9:41\",\"UnitPrice\":\"27.50\","
                        + "\"CustomerID\":14527.0,\"Country\":\"United Kingdom\"}";
        HttpResponse<String> answer = to("/v1/events", fresh(), "application/json", row);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"event\":" + row)
                .contains("\"account\":\"14527\"", "\"kind\":\"RETURN\"", "\"-27.50\"");
    }

    @Test
    void a_batch_answers_every_line_in_order_and_goes_on_after_a_bad_one() throws Exception {
        String account = fresh();
        String batch =
                """
                {"idempotencyKey":"1","account":"%1$s","command":"AddItem","productId":"A","quantity":1,"price":"2"}
                garbage

                {"idempotencyKey":"2","account":"%1$s","command":"SetQuantity","productId":"A","quantity":5}
                {"idempotencyKey":"3","account":"%1$s","command":"RemoveItem","productId":"B"}
                {"idempotencyKey":"4","account":"%1$s","command":"Dance"}
                {"account":"%1$s","command":"CheckOut"}
                {"idempotencyKey":"5","account":"%1$s","command":"CheckOut"}
                {"idempotencyKey":"6","InvoiceNo":536414,"StockCode":"22139","Quantity":56,"InvoiceDate":"12/1/2010 11:52","UnitPrice":0,"CustomerID":"%1$s","Country":"United Kingdom"}
                {"idempotencyKey":"1","account":"%1$s","command":"AddItem","productId":"A","quantity":1,"price":2.0}\
                """
                        .formatted(account);
        HttpResponse<String> answer =
                to("/v1/events/batch", "unused", "application/x-ndjson", batch);
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0)).contains("\"line\":1,\"status\":200", "\"version\":1");
        assertThat(lines.get(1)).contains("\"line\":2,\"status\":400", "malformed-json");
        assertThat(lines.get(2)).contains("\"line\":4,\"status\":200", "\"version\":2");
        assertThat(lines.get(3)).contains("\"line\":5,\"status\":409", "item-not-in-cart");
        assertThat(lines.get(4)).contains("\"line\":6,\"status\":422", "/command");
        assertThat(lines.get(5)).contains("\"line\":7,\"status\":400", "idempotency-key-missing");
        assertThat(lines.get(6)).contains("\"line\":8,\"status\":200", "\"total\":\"10.00\"");
        assertThat(lines.get(7)).contains("\"line\":9,\"status\":200", "PurchaseRecorded");
        assertThat(lines.get(8)).contains("\"line\":10,\"status\":200", "\"replayed\":true");
        assertThat(events(account)).hasSize(4);
    }

    @Test
    void the_largest_real_invoice_keeps_its_lines_in_order_and_adds_nothing_twice()
            throws Exception { // S1-06
        String account = fresh();
        String batch =
                IntStream.rangeClosed(1, 1_114)
                        .mapToObj(i ->
                                ("{\"idempotencyKey\":\"%d\",\"InvoiceNo\":\"573585\",\"StockCode\":\"S%d\","
                                                + "\"Quantity\":1,\"InvoiceDate\":\"10/31/2011 14:41\","
                                                + "\"UnitPrice\":1,\"CustomerID\":\"%s\"}")
                                        .formatted(i, i % 1_000, account))
                        .collect(joining("\n"));
        to("/v1/events/batch", "unused", "application/x-ndjson", batch);
        HttpResponse<String> again =
                to("/v1/events/batch", "unused", "application/x-ndjson", batch);
        assertThat(again.body().lines())
                .hasSize(1_114)
                .allMatch(l -> l.contains("\"replayed\":true"));
        List<RecordedEvent> events = events(account);
        assertThat(events).hasSize(1_114);
        assertThat(events.getLast().event().toString())
                .contains("lineNo=1114", "occurrence=2", "orderAmount=1114.00");
    }

    @Test
    void a_line_of_control_characters_is_answered_and_one_of_spaces_is_not() throws Exception {
        HttpResponse<String> answer =
                to("/v1/events/batch", "unused", "application/x-ndjson", " \t\r\n\u0000\n\n");
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(answer.body()).contains("\"line\":2", "\"code\":\"malformed-json\"");
    }

    // S2-01
    @Test
    void clicks_are_answered_line_by_line_once_they_are_in_the_log() throws Exception {
        String account = fresh();
        String batch =
                """
                {"clickId":"1","account":"%1$s","action":"view","occurredAt":"2019-10-01T00:00:00Z","productId":"44600062","categoryId":"2103807459595387724"}
                garbage

                {"clickId":"2","account":"%1$s","action":"dance","occurredAt":"2019-10-01T00:00:00Z","productId":"44600062"}
                {"clickId":"3","account":"%1$s","action":"cart","occurredAt":"2019-10-01T00:00:01Z","productId":"44600062","commandId":"key-3"}\
                """
                        .formatted(account);
        HttpResponse<String> answer =
                to("/v1/clicks/batch", "unused", "application/x-ndjson", batch);
        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo(
                        "{\"line\":1,\"status\":200,\"account\":\"%s\",\"clickId\":\"1\"}"
                                .formatted(account));
        assertThat(lines.get(1)).contains("\"line\":2,\"status\":400", "malformed-json");
        assertThat(lines.get(2)).contains("\"line\":4,\"status\":422", "/action");
        assertThat(lines.get(3)).contains("\"line\":5,\"status\":200", "\"clickId\":\"3\"");
        assertThat(all(Topics.CLICKS.name(), LocalStackSettings.DEFAULT_PARTITIONS))
                .filteredOn(r -> account.equals(new String(r.key(), StandardCharsets.UTF_8)))
                .extracting(r -> Topics.CLICKS.values().fromBytes(r.value()).id().value())
                .containsExactly("1", "3");
    }

    @Test
    void a_batch_of_too_many_lines_is_refused_as_a_whole() throws Exception {
        HttpResponse<String> answer =
                to("/v1/events/batch", "unused", "application/x-ndjson", "{}\n".repeat(10_001));
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void garbage_in_the_commands_goes_to_the_dead_letters_and_the_rest_goes_on() throws Exception {
        String account = fresh();
        byte[] garbage = ("garbage " + account).getBytes(StandardCharsets.UTF_8);
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.addresses().kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            var at =
                    producer.send(
                                    new ProducerRecord<>(
                                            Topics.COMMANDS.name(), utf8(account), garbage))
                            .get();
            assertThat(post(account + "/items", "1", TV).statusCode()).isEqualTo(200);
            var letter =
                    all(Topics.DEAD_LETTERS, 1).stream()
                            .filter(r -> Arrays.equals(r.value(), garbage))
                            .findFirst()
                            .orElseThrow();
            assertThat(text(letter.headers().lastHeader("dead-letter-offset")))
                    .isEqualTo(Long.toString(at.offset()));
            assertThat(text(letter.headers().lastHeader("dead-letter-partition")))
                    .isEqualTo(Integer.toString(at.partition()));
        }
    }

    @Test
    void reads_are_forwarded_as_they_came() throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(
                                        address(
                                                "/v1/accounts/a/items/x%2Fy%20z?status=A%26B&limit=1"))
                                .header("If-None-Match", "\"7\"")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body())
                .isEqualTo("/v1/accounts/a/items/x%2Fy%20z?status=A%26B&limit=1 \"7\"");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"9\"");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
    }

    @Test
    void without_the_read_model_commands_go_on() throws Exception { // S1-03
        String account = fresh();
        readModel.stop(0);
        HttpResponse<String> read =
                client.send(
                        HttpRequest.newBuilder(address("/v1/accounts/a/cart")).build(),
                        BodyHandlers.ofString());
        HttpResponse<String> write = post(account + "/items", "1", TV);
        readModel = readModel(readModel.getAddress().getPort());
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.body()).contains("\"code\":\"read-model-unavailable\"");
        assertThat(read.headers().firstValue("Retry-After")).isPresent();
        assertThat(write.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cartlog.limits.quantty=5",
                "cartlog.colour=red",
                "cartlog.limits.quantity=0",
                "cartlog.streams.store=paper",
                "cartlog.commands.reply-partition=4",
                "cartlog.queries.url="
            })
    void a_setting_that_is_unknown_or_wrong_stops_the_start(String setting) {
        String[] nameAndValue = setting.split("=", 2);
        Map<String, String> settings = settings("memory");
        settings.put(nameAndValue[0], nameAndValue[1]);
        assertThatThrownBy(() -> run(settings)).hasStackTraceContaining(nameAndValue[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cartlog.kafka.bootstrap-servers",
                "cartlog.queries.url",
                "cartlog.security.issuer",
                "cartlog.security.jwks-url",
                "cartlog.streams.state-dir"
            })
    void a_setting_that_is_missing_is_named(String name) {
        Map<String, String> settings = settings("memory");
        settings.remove(name);
        assertThatThrownBy(() -> run(settings))
                .hasStackTraceContaining("the setting " + name + " is missing");
    }

    private ConfigurableApplicationContext started(String store) throws Exception {
        ConfigurableApplicationContext context = run(settings(store));
        service = context;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest health = HttpRequest.newBuilder(address("/actuator/health")).build();
        while (client.send(health, BodyHandlers.discarding()).statusCode() != 200) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
        return context;
    }

    /// Without anything that the last run left on disk.
    private void restart(String store) throws Exception {
        service.close();
        FileSystemUtils.deleteRecursively(folder.resolve("state"));
        service = started(store);
    }

    private static ConfigurableApplicationContext run(Map<String, String> settings) {
        String[] arguments =
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new);
        return SpringApplication.run(CommandServiceApplication.class, arguments);
    }

    private Map<String, String> settings(String store) {
        Map<String, String> settings = new HashMap<>(tokens.settings());
        settings.putAll(
                Map.of(
                        "server.port",
                        "0",
                        "cartlog.kafka.bootstrap-servers",
                        stack.addresses().kafka(),
                        "cartlog.queries.url",
                        "http://127.0.0.1:" + readModel.getAddress().getPort(),
                        "cartlog.streams.state-dir",
                        folder.resolve("state").toString(),
                        "cartlog.streams.store",
                        store,
                        "cartlog.commands.timeout",
                        "60s",
                        "cartlog.limits.requests-per-second",
                        "50"));
        return settings;
    }

    /// Answers every read with its own address.
    private static HttpServer readModel(int port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(
                "/",
                exchange -> {
                    String asked =
                            exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("If-None-Match");
                    exchange.getResponseHeaders().add("ETag", "\"9\"");
                    exchange.getResponseHeaders().add("Content-Type", "text/plain");
                    exchange.sendResponseHeaders(206, 0);
                    exchange.getResponseBody().write(utf8(asked));
                    exchange.close();
                });
        server.start();
        return server;
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        }
    }

    private static String fresh() {
        return "a-" + UUID.randomUUID();
    }

    private HttpResponse<String> post(String path, String key, String body) throws Exception {
        return send("POST", path, key, body);
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String key, @Nullable String body)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("/v1/accounts/" + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (path.matches(".*/(checkout|merge)")) {
            request.header("If-Match", "*");
        }
        if (body != null
                && !(body.isEmpty() && path.matches(".*/(checkout|save-for-later|undo)"))) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> to(String path, String key, String type, String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(address(path))
                        .header("Idempotency-Key", key)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI address(String path) {
        String port =
                Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private List<RecordedEvent> events(String account) {
        byte[] key = utf8(account);
        int partition =
                BuiltInPartitioner.partitionForKey(key, LocalStackSettings.DEFAULT_PARTITIONS);
        return all(List.of(new TopicPartition(Topics.EVENTS.name(), partition))).stream()
                .filter(r -> Arrays.equals(r.key(), key))
                .map(r -> Topics.EVENTS.values().fromBytes(r.value()))
                .toList();
    }

    /// Every committed record of a topic.
    private List<ConsumerRecord<byte[], byte[]>> all(String topic, int partitions) {
        return all(
                IntStream.range(0, partitions)
                        .mapToObj(p -> new TopicPartition(topic, p))
                        .toList());
    }

    private List<ConsumerRecord<byte[], byte[]>> all(List<TopicPartition> all) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                stack.addresses().kafka(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
