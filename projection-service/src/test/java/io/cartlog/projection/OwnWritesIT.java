package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.RunningService.Answer;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Whoever writes and then reads with the token sees what was written; lists hold together while
/// others write.
@Timeout(300)
class OwnWritesIT {
    private static final String TABLE = "OwnWrites";
    private static final int PAIRS = Integer.getInteger("cartlog.pairs", 2_000);

    private static RunningService service;
    private static EventWriter log;

    @BeforeAll
    static void start() {
        service = new RunningService(TestStack.addresses(), TABLE, "cartlog.queries.wait=2s");
        log = new EventWriter(TestStack.addresses().kafka());
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    private static String token(String account, long version) {
        return new ConsistencyToken(new AccountId(account), version).toString();
    }

    private static Answer get(String path, String account, long version, String... more) {
        List<String> headers =
                new ArrayList<>(List.of(ConsistencyToken.HEADER, token(account, version)));
        headers.addAll(List.of(more));
        return service.get("/v1/accounts/" + account + path, headers.toArray(String[]::new));
    }

    /// How a cart is read after a write.
    private interface CartRead {
        Answer of(String account, long version);
    }

    private static Answer cart(String account, long version) {
        return get("/cart", account, version);
    }

    /// The answer to a client that comes back as long as it is told to.
    private static Answer cartWhenThere(String account, long version) {
        Answer answer = cart(account, version);
        for (int again = 0; again < 20 && isBehind(answer); again++) {
            answer = cart(account, version);
        }
        return answer;
    }

    private static boolean isBehind(Answer answer) {
        return answer.body().path("code").asString("").equals("read-model-behind");
    }

    /// `-Dcartlog.pairs=10000` for the long form. A view that says that it is behind is not stale:
    /// it is asked again, as any client would. The accounts are new in each run, for the log keeps
    /// those of a run before.
    @Test // B, show 2
    void reads_after_writes_are_never_stale() throws Exception {
        int writers = 8;
        String run = Long.toHexString(System.nanoTime());
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Callable<Integer>> jobs =
                    IntStream.range(0, writers)
                            .<Callable<Integer>>mapToObj(w ->
                                    () ->
                                            writeAndRead(
                                                    run + "-" + w,
                                                    PAIRS / writers / 50,
                                                    50,
                                                    OwnWritesIT::cartWhenThere))
                            .toList();
            int pairs = 0;
            for (Future<Integer> job : threads.invokeAll(jobs)) {
                pairs += job.get();
            }
            assertThat(pairs).isEqualTo(PAIRS);
        }
    }

    /// @return pairs that held; the first that does not ends the test
    private static int writeAndRead(String name, int accounts, int times, CartRead read) {
        int pairs = 0;
        try (EventWriter own = new EventWriter(TestStack.addresses().kafka())) {
            for (int a = 0; a < accounts; a++) {
                String account = "own-" + name + "-" + a;
                Histories history = new Histories(account);
                for (int version = 1; version <= times; version++) {
                    history.add("P-1", 1, "1.00", null);
                    own.write(history.events().subList(version - 1, version));

                    Answer cart = read.of(account, version);

                    assertThat(cart.status()).as(cart.body().toString()).isEqualTo(200);
                    assertThat(cart.header("Cartlog-View-Version"))
                            .isEqualTo(Integer.toString(version));
                    assertThat(cart.body().path("itemCount").asInt()).isEqualTo(version);
                    pairs++;
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cart",
                "/items?status=ACTIVE",
                "/items?status=SAVED",
                "/items?status=PURCHASED",
                "/orders",
                "/history",
                "/cart/lines/P-1/explain"
            })
    void every_read_of_an_account_takes_a_token_and_says_what_it_shows(String path) {
        String account = "all-" + Integer.toHexString(path.hashCode());
        Histories history =
                new Histories(account)
                        .add("P-1", 1, "1.00", null)
                        .save("P-2", null)
                        .purchase("777", "P-3", 1, "1.00");
        log.write(history.events());

        Answer answer = get(path, account, 3);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("ETag")).isEqualTo("\"3\"");
        assertThat(answer.header("Cartlog-View-Version")).isEqualTo("3");
        assertThat(answer.header("Cartlog-View-Age")).isEqualTo("0");
        assertThat(answer.header("Preference-Applied")).isEmpty();
    }

    @Test
    void an_order_that_the_token_proves_is_found_at_once() {
        for (int i = 0; i < 50; i++) {
            String account = "order-" + i;
            Histories history = new Histories(account).add("P-1", 1, "1", null).checkOut("O-" + i);
            log.write(history.events());

            assertThat(get("/orders/O-" + i, account, 2).status()).isEqualTo(200);
        }
    }

    @Test
    void a_view_that_is_behind_says_so() {
        Histories history = new Histories("behind").add("P-1", 1, "1.00", null);
        log.write(history.events());
        service.awaitCaughtUp();

        for (String path : List.of("/cart", "/items?status=ACTIVE", "/orders/O-X", "/history")) {
            Answer answer = get(path, "behind", 5);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.body().path("type").asString())
                    .isEqualTo("/problems/read-model-behind");
            assertThat(answer.body().path("code").asString()).isEqualTo("read-model-behind");
            assertThat(answer.body().path("version").asLong()).isEqualTo(1);
            assertThat(answer.body().path("wanted").asLong()).isEqualTo(5);
            assertThat(answer.body().path("traceId").asString())
                    .isEqualTo(answer.header("Cartlog-Trace-Id"))
                    .matches("[0-9a-f]{32}");
        }
    }

    @Test
    void a_lenient_reader_takes_what_there_is_and_hears_how_old_it_is() {
        log.write(new Histories("lenient").add("P-1", 1, "1.00", null).events());
        service.awaitCaughtUp();

        for (String path : List.of("/cart", "/history")) {
            Answer answer = get(path, "lenient", 5, "Prefer", "handling=lenient");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Preference-Applied")).isEqualTo("handling=lenient");
            assertThat(answer.header("Cartlog-View-Version")).isEqualTo("1");
            assertThat(Long.parseLong(answer.header("Cartlog-View-Age"))).isGreaterThanOrEqualTo(2);
        }
        Answer order = get("/orders/O-X", "lenient", 5, "Prefer", "handling=lenient");
        assertThat(order.status()).isEqualTo(503); // the token may prove that it is there
    }

    @Test
    void a_token_of_another_account_or_none_is_refused() {
        for (String token : List.of(token("somebody", 1), "nonsense")) {
            Answer answer = service.get("/v1/accounts/else/cart", ConsistencyToken.HEADER, token);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("code").asString())
                    .isEqualTo("consistency-token-invalid");
        }
    }

    @Test
    void many_who_wait_in_vain_do_not_hold_up_the_others() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> waiting =
                    IntStream.range(0, 400)
                            .mapToObj(i ->
                                    threads.submit(() -> get("/cart", "vain-" + i, 9).status()))
                            .toList();
            Future<Integer> own =
                    threads.submit(() -> writeAndRead("vain", 2, 20, OwnWritesIT::cart));

            assertThat(own.get()).isEqualTo(40);
            for (Future<Integer> each : waiting) {
                assertThat(each.get()).isEqualTo(503);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVED", "PURCHASED", "ACTIVE"})
    void what_is_there_all_along_comes_once_while_others_write(String status) throws Exception {
        String account = "stable-" + status;
        Histories history = new Histories(account);
        for (int i = 0; i < 60; i++) {
            stable(history, status, "P-STABLE-" + i);
            other(history, status, "P-OTHER-" + i % 7);
        }
        log.write(history.events());
        service.awaitCaughtUp();
        AtomicBoolean stopped = new AtomicBoolean();
        Semaphore pages = new Semaphore(0);
        Thread writer =
                Thread.ofPlatform().start(() -> keepWriting(history, status, pages, stopped));

        for (int round = 0; round < 15; round++) {
            Map<String, Integer> seen = new HashMap<>();
            for (String product : products(account, status, 1 + round, pages)) {
                seen.merge(product, 1, Integer::sum);
            }
            for (int i = 0; i < 60; i++) {
                assertThat(seen).containsEntry("P-STABLE-" + i, 1);
            }
        }
        stopped.set(true);
        pages.release();
        writer.join();
    }

    private static void stable(Histories history, String status, String product) {
        switch (status) {
            case "SAVED" -> history.after(3).save(product, null);
            case "ACTIVE" -> history.after(3).add(product, 1, "1.00", null);
            default -> history.after(3).purchase("4711", product, 1, "1.00");
        }
    }

    /// Comes, goes, changes in quantity, and is bought; the stable ones are never touched.
    private static void other(Histories history, String status, String product) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        history.after(random.nextInt(4));
        if (status.equals("PURCHASED")) {
            history.purchase("4" + random.nextInt(700), product, 1, "2.00");
            return;
        }
        boolean active =
                history.active().keySet().stream().anyMatch(s -> s.value().equals(product));
        if (!active) {
            history.add(product, 1, "2.00", null);
        } else if (random.nextBoolean()) {
            history.set(product, 1 + random.nextInt(9));
        } else {
            history.saveForLater(product).removeSaved(product);
        }
    }

    /// As many times as pages give leave: written as fast as it goes, a list that only grows had no
    /// end that a slow reader reached.
    private static void keepWriting(
            Histories history, String status, Semaphore pages, AtomicBoolean stopped) {
        try (EventWriter own = new EventWriter(TestStack.addresses().kafka())) {
            for (int i = 0; !stopped.get(); i++) {
                pages.acquireUninterruptibly();
                int before = history.events().size();
                other(history, status, "P-OTHER-" + i % 7);
                List<RecordedEvent> all = history.events();
                own.write(all.subList(before, all.size()));
            }
        }
    }

    private static List<String> products(
            String account, String status, int limit, Semaphore pages) {
        List<String> products = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer =
                    service.get(
                            "/v1/accounts/%s/items?status=%s&limit=%d%s"
                                    .formatted(account, status, limit + 3, cursor));
            assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
            for (JsonNode item : answer.body().path("items")) {
                products.add(item.path("productId").asString());
            }
            JsonNode next = answer.body().path("nextCursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asString();
            pages.release(status.equals("PURCHASED") ? 1 : 10);
        } while (!cursor.isEmpty());
        return products;
    }

    @Test
    void a_cursor_of_another_list_account_or_filter_is_refused() {
        Histories history = new Histories("foreign");
        for (int i = 0; i < 4; i++) {
            history.save("P-" + i, null).purchase("9" + i, "P-" + i, 1, "1.00");
        }
        log.write(history.events());
        service.awaitCaughtUp();
        String cursor =
                get("/items?status=SAVED&limit=1", "foreign", 8)
                        .body()
                        .path("nextCursor")
                        .asString();

        for (String path :
                List.of(
                        "/v1/accounts/foreign/items?status=PURCHASED&cursor=" + cursor,
                        "/v1/accounts/foreign/orders?cursor=" + cursor,
                        "/v1/accounts/foreign/history?cursor=" + cursor,
                        "/v1/accounts/another/items?status=SAVED&cursor=" + cursor,
                        "/v1/accounts/foreign/items?status=SAVED&cursor=AAAA")) {
            Answer answer = service.get(path);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("code").asString()).isEqualTo("cursor-invalid");
        }
        assertThat(service.get("/v1/accounts/foreign/items?status=SAVED&cursor=" + cursor).status())
                .isEqualTo(200);
    }

    @Test
    void a_caller_who_has_the_version_is_told_so_in_a_few_bytes() {
        log.write(new Histories("known").add("P-1", 1, "1", null).events());

        Answer answer = get("/cart", "known", 1, "If-None-Match", "\"1\"");

        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.header("ETag")).isEqualTo("\"1\"");
        assertThat(answer.header("Cartlog-View-Version")).isEqualTo("1");
    }
}
