package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.projection.RunningService.Answer;
import io.cartlog.projection.view.CartView;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.JsonNode;

/// A view is built anew while it is used. Each test has servers of its own.
class RebuildIT {
    private static final String VIEW = "CustomerPurchases";
    private static final String VIEWS = "/internal/views/" + VIEW;
    private static final int SHOPPERS = 40;

    /// Where one item of one account matters, beside some others.
    private static final int FEW = 8;

    @TempDir private Path folder;
    private LocalStack stack;
    private EventWriter log;
    private DynamoDbClient dynamoDb;

    @BeforeEach
    void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.DYNAMODB));
        log = new EventWriter(stack.addresses().kafka());
        dynamoDb = TestStack.dynamoDb(stack.addresses());
    }

    @AfterEach
    void stop() {
        log.close();
        dynamoDb.close();
        stack.close();
    }

    private RunningService service(String... settings) {
        return new RunningService(stack.addresses(), VIEW, settings);
    }

    /// Shoppers who do everything: add, save, merge, check out, clear, undo.
    private void shop(int shoppers, int events) {
        for (int i = 0; i < shoppers; i++) {
            log.write(Histories.random("shopper-" + i, i, events));
        }
    }

    @Test // S0-05 to S0-07, S0-11, S0-12
    void a_rebuilt_table_equals_the_one_that_was_kept_live_byte_by_byte() {
        shop(SHOPPERS, 60);
        log.writeGarbage("x", new byte[] {1, 2, 3});
        Histories big = new Histories("big");
        IntStream.rangeClosed(1, 150).forEach(i -> big.add("P-" + i, 1, "1.25", "TV"));
        log.write(big.checkOut("O-BIG").add("P-1", 1, "1.25", "TV").events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            JsonNode before = service.reconcile().path("views");

            assertThat(service.post(VIEWS + "/rebuild").status()).isEqualTo(202);
            awaitLive(service, 2);

            JsonNode live = verify(service, "?version=1");
            JsonNode rebuilt = verify(service, "?version=2");
            assertThat(rebuilt).isEqualTo(live);
            assertThat(rebuilt.path("digest")).isEqualTo(before.path("digest"));
            assertThat(rebuilt.path("digest")).isEqualTo(rebuilt.path("expectedDigest"));
            assertThat(service.reconcile().path("views")).isEqualTo(before);
            assertThat(diff(service).path("items").asLong(-1)).isZero();
            assertThat(tableNames()).contains(VIEW, VIEW + "-v2", "CartlogViews");
        }
    }

    private static JsonNode verify(RunningService service, String query) {
        return service.report(VIEWS + "/verify" + query).path("views");
    }

    private static JsonNode diff(RunningService service) {
        return service.report(VIEWS + "/diff");
    }

    private static JsonNode status(RunningService service) {
        return service.get(VIEWS).body();
    }

    private static void awaitLive(RunningService service, int version) {
        service.await(
                "version " + version + " is live",
                () -> status(service).path("live").path("version").asInt() == version);
    }

    private static void awaitLevel(RunningService service) {
        service.await(
                "level",
                () -> status(service).path("beside").path("state").asString("").equals("LEVEL"));
    }

    private List<String> tableNames() {
        return dynamoDb.listTables().tableNames();
    }

    @Test
    void reads_go_on_through_rebuilds_and_a_rollback_and_never_go_back() {
        shop(SHOPPERS, 30);
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            try (Traffic traffic = new Traffic(service)) {
                for (int version = 2; version <= 3; version++) {
                    service.post(VIEWS + "/rebuild");
                    awaitLive(service, version);
                    traffic.awaitMoreReads();
                }
                assertThat(service.post(VIEWS + "/rollback").body().at("/live/version").asInt())
                        .isEqualTo(2);
                traffic.awaitMoreReads();
                assertThat(service.post(VIEWS + "/rollback").body().at("/live/version").asInt())
                        .isEqualTo(3);
                traffic.awaitMoreReads();
                assertThat(traffic.trouble).isEmpty();
            }
            service.awaitCaughtUp();

            assertThat(service.reconcile().path("views").path("differenceCount").asLong(-1))
                    .isZero();
            assertThat(diff(service).path("items").asLong(-1)).isZero();
        }
    }

    /// Somebody shops without a pause, others look: their own writes by token, and what there is
    /// without one.
    private final class Traffic implements AutoCloseable {
        private static final int ACCOUNTS = 60;
        private static final int AT_ONCE = 8;
        final ConcurrentLinkedQueue<String> trouble = new ConcurrentLinkedQueue<>();
        private final ConcurrentMap<String, Long> written = new ConcurrentHashMap<>();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();
        private final RunningService service;

        Traffic(RunningService service) {
            this.service = service;
            begin(this::write);
            begin(() -> read(true));
            begin(() -> read(false));
        }

        private void begin(Runnable work) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    work.run();
                                } catch (RuntimeException | AssertionError e) {
                                    trouble.add(e.toString());
                                }
                            }));
        }

        private void write() {
            List<Histories> shoppers =
                    IntStream.range(0, ACCOUNTS)
                            .mapToObj(i -> new Histories("busy-" + i).save("P-KEPT", "TV"))
                            .toList();
            Map<String, Integer> sent = new HashMap<>();
            Random random = new Random(7);
            while (!over.get()) {
                List<RecordedEvent> batch = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    Histories shopper = shoppers.get(random.nextInt(ACCOUNTS));
                    shopper.add("P-" + random.nextInt(30), 1, "1.50", "TV");
                    String account = shopper.account().value();
                    List<RecordedEvent> all = shopper.events();
                    batch.addAll(all.subList(sent.getOrDefault(account, 0), all.size()));
                    sent.put(account, all.size());
                }
                log.write(batch);
                sent.forEach((account, version) -> written.put(account, (long) version));
                LockSupport.parkNanos(100_000_000);
            }
        }

        private void read(boolean withToken) {
            Map<String, Long> seen = new HashMap<>();
            while (!over.get()) {
                for (String account : written.keySet()) {
                    long wanted = withToken ? written.getOrDefault(account, 0L) : 0;
                    Answer cart = cart(account, wanted);
                    long version = cart.body().path("version").asLong(-1);
                    if (cart.status() != 200) {
                        trouble.add(cart.status() + " " + cart.body());
                    } else if (version < Math.max(wanted, seen.getOrDefault(account, 0L))) {
                        trouble.add(account + " back to " + version + " from " + seen);
                    } else if (seen.getOrDefault(account, 0L) > 1
                            && cart.body().path("lines").isEmpty()) {
                        trouble.add(account + " is empty at " + version);
                    }
                    seen.merge(account, version, Math::max);
                    reads.incrementAndGet();
                    LockSupport.parkNanos(5_000_000);
                }
            }
        }

        private Answer cart(String account, long version) {
            String path = "/v1/accounts/" + account + "/cart";
            return version == 0
                    ? service.get(path)
                    : service.get(
                            path,
                            ConsistencyToken.HEADER,
                            new ConsistencyToken(new AccountId(account), version).toString());
        }

        void awaitMoreReads() {
            long enough = reads.get() + 200;
            service.await("more reads", () -> reads.get() > enough || !trouble.isEmpty());
        }

        @Override
        public void close() {
            over.set(true);
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Test
    void an_item_that_somebody_has_spoilt_is_named_and_mended_by_a_rebuild() {
        shop(FEW, 30);
        log.write(new Histories("victim").add("P-1", 1, "9.99", "TV").events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            JsonNode before = verify(service, "");
            spoil(VIEW, "victim", "victim#ACTIVE#P-1");

            JsonNode found = verify(service, "");
            JsonNode alone = verify(service, "?account=victim");
            JsonNode other = verify(service, "?account=shopper-1");
            for (JsonNode report : List.of(found, alone)) {
                assertThat(report.path("differenceCount").asLong()).isEqualTo(1);
                assertThat(report.at("/differences/0/key").asString())
                        .isEqualTo("victim|victim#ACTIVE#P-1");
            }
            assertThat(alone.path("accounts").asInt()).isEqualTo(1);
            assertThat(other.path("differenceCount").asLong(-1)).isZero();
            assertThat(other.path("heads").asInt()).isEqualTo(1);

            service.post(VIEWS + "/rebuild");
            awaitLive(service, 2);

            JsonNode mended = verify(service, "");
            assertThat(mended).isEqualTo(before);
            JsonNode diff = diff(service);
            assertThat(diff.path("items").asLong()).isEqualTo(1);
            assertThat(diff.at("/samples/0/change").asString()).isEqualTo("changed");
        }
    }

    @Test
    void a_sample_is_the_same_accounts_in_the_log_and_in_the_table() {
        shop(SHOPPERS, 10);
        try (RunningService service = service()) {
            service.awaitCaughtUp();

            JsonNode sample = verify(service, "?sample=30");

            assertThat(sample.path("accounts").asInt()).isBetween(2, SHOPPERS - 2);
            assertThat(sample.path("differenceCount").asLong(-1)).isZero();
            assertThat(service.post(VIEWS + "/verify?sample=0").status()).isEqualTo(400);
        }
    }

    private void spoil(String table, String pk, String sk) {
        dynamoDb.updateItem(
                UpdateItemRequest.builder()
                        .tableName(table)
                        .key(
                                Map.of(
                                        "PK", AttributeValue.fromS(pk),
                                        "SK", AttributeValue.fromS(sk)))
                        .updateExpression("SET CreateTimestamp = :never")
                        .expressionAttributeValues(Map.of(":never", AttributeValue.fromS("never")))
                        .build());
    }

    @Test
    void a_version_that_would_change_too_much_is_not_promoted_and_the_diff_shows_why() {
        shop(FEW, 30);
        log.write(new Histories("victim").add("P-1", 1, "9.99", "TV").events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            service.post(VIEWS + "/rebuild?promote=manual");
            awaitLevel(service);
            spoil(VIEW + "-v2", "victim", "victim#ACTIVE#P-1");

            Answer refused = service.post(VIEWS + "/promote?maxChange=0");

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("code").asString()).isEqualTo("too-many-changes");
            assertThat(refused.body().path("changes").asInt()).isEqualTo(1);
            assertThat(status(service).at("/live/version").asInt()).isEqualTo(1);
            JsonNode diff = diff(service);
            assertThat(diff.path("items").asInt()).isEqualTo(1);
            assertThat(diff.at("/samples/0/key").asString()).isEqualTo("victim|victim#ACTIVE#P-1");
            assertThat(diff.at("/samples/0/after/CreateTimestamp").asString()).isEqualTo("never");

            assertThat(service.post(VIEWS + "/promote?maxChange=1").status()).isEqualTo(200);
            assertThat(status(service).at("/live/version").asInt()).isEqualTo(2);
        }
    }

    @Test // C, show 3
    void what_a_bug_in_the_projection_would_change_is_shown_and_not_promoted(@TempDir Path classes)
            throws Exception {
        shop(FEW, 30);
        log.write(new Histories("victim").add("P-1", 1, "9.99", "TV").remove("P-1").events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
        }
        PlantedBug.plant(
                CartView.class.getName(),
                "case ItemRemoved e -> delete(ItemStatus.ACTIVE, ",
                "case ItemRemoved e -> delete(ItemStatus.SAVED, ",
                classes);
        String path = classes + File.pathSeparator + System.getProperty("java.class.path");
        try (ServiceProcess wrong = ServiceProcess.of(path, stack.addresses(), VIEW)) {
            wrong.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
            wrong.post(VIEWS + "/rebuild?maxChange=0");
            wrong.await(VIEWS, status -> status.at("/candidate/held").isString());
        }
        try (RunningService service = service()) {
            assertThat(status(service).at("/live/version").asInt()).isEqualTo(1);
            JsonNode diff = diff(service);
            assertThat(diff.path("items").asInt()).isPositive();
            assertThat(diff.path("samples").findValuesAsString("key"))
                    .contains("victim|victim#ACTIVE#P-1");

            service.post(VIEWS + "/drop");
            service.post(VIEWS + "/rebuild?maxChange=0");
            service.await(
                    "another version is live",
                    () -> status(service).at("/live/version").asInt() > 1);
            assertThat(verify(service, "").path("differenceCount").asLong(-1)).isZero();
        }
    }

    @Test
    void a_rebuild_whose_change_is_too_large_waits_for_somebody_to_decide() {
        shop(FEW, 30);
        log.write(new Histories("victim").add("P-1", 1, "9.99", "TV").events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            spoil(VIEW, "victim", "victim#ACTIVE#P-1");

            service.post(VIEWS + "/rebuild?maxChange=0");

            service.await("held", () -> status(service).at("/candidate/held").isString());
            assertThat(status(service).at("/live/version").asInt()).isEqualTo(1);
            assertThat(service.post(VIEWS + "/promote").status()).isEqualTo(200);
            assertThat(status(service).at("/live/version").asInt()).isEqualTo(2);
        }
    }

    @Test
    void one_rebuild_at_a_time_and_what_is_given_up_is_deleted() {
        shop(4, 10);
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            assertThat(service.post(VIEWS + "/promote").body().path("code").asString())
                    .isEqualTo("no-other-version");
            assertThat(service.post(VIEWS + "/rollback").status()).isEqualTo(409);
            assertThat(service.post(VIEWS + "/diff").status()).isEqualTo(409);
            assertThat(service.post("/internal/views/Others/rebuild").status()).isEqualTo(404);
            assertThat(service.post(VIEWS + "/rebuild?budget=-1").status()).isEqualTo(400);
            service.post(VIEWS + "/rebuild?promote=manual");

            Answer second = service.post(VIEWS + "/rebuild");

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.body().path("code").asString()).isEqualTo("rebuild-running");
            assertThat(second.body().path("version").asInt()).isEqualTo(2);
            awaitLevel(service);
            assertThat(service.post(VIEWS + "/drop").body().at("/candidate").isMissingNode())
                    .isTrue();
            service.post(VIEWS + "/rebuild?promote=manual");
            assertThat(status(service).at("/candidate/version").asInt()).isEqualTo(3);
            service.await("deleted", () -> !tableNames().contains(VIEW + "-v2"));
            assertThat(tableNames()).contains(VIEW);
        }
    }

    @Test
    void a_version_that_cannot_be_written_is_left_behind_and_the_live_one_goes_on() {
        shop(4, 10);
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            service.post(VIEWS + "/rebuild?promote=manual");
            awaitLevel(service);
            dynamoDb.deleteTable(t -> t.tableName(VIEW + "-v2"));

            log.write(new Histories("later").add("P-1", 1, "9.99", "TV").events());
            service.awaitCaughtUp();

            assertThat(service.get("/v1/accounts/later/cart").body().path("version").asInt())
                    .isEqualTo(1);
            service.await(
                    "failed",
                    () -> status(service).at("/beside/state").asString("").equals("FAILED"));
            assertThat(status(service).at("/beside/failed").asString()).isNotEmpty();
            Answer refused = service.post(VIEWS + "/promote");
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body().path("code").asString()).isEqualTo("version-not-level");
            assertThat(service.get("/actuator/health").status()).isEqualTo(200);

            assertThat(service.post(VIEWS + "/drop").status()).isEqualTo(200);
            service.post(VIEWS + "/rebuild");
            awaitLive(service, 3);
            assertThat(diff(service).path("items").asLong(-1)).isZero();
        }
    }

    @Test
    void a_previous_version_is_dropped_when_its_time_is_over() {
        shop(4, 10);
        try (RunningService service = service("cartlog.views.keep-previous=1s")) {
            service.awaitCaughtUp();
            service.post(VIEWS + "/rebuild");
            awaitLive(service, 2);

            service.await("dropped", () -> !tableNames().contains(VIEW));
            assertThat(service.get("/v1/accounts/shopper-1/cart").status()).isEqualTo(200);
            assertThat(service.post(VIEWS + "/rollback").status()).isEqualTo(409);
        }
        try (RunningService again = service()) {
            again.awaitCaughtUp();
            assertThat(status(again).at("/live/table").asString()).isEqualTo(VIEW + "-v2");
            assertThat(tableNames()).doesNotContain(VIEW);
            assertThat(again.reconcile().path("views").path("differenceCount").asLong(-1)).isZero();
        }
    }

    @Test
    void a_cursor_of_before_a_promotion_is_expired_and_good_again_after_a_rollback() {
        Histories history = new Histories("pager");
        IntStream.rangeClosed(1, 5).forEach(i -> history.add("P-" + i, 1, "1.50", "TV"));
        history.purchase("7001", "P-1", 1, "2.00").purchase("7002", "P-1", 1, "2.00");
        log.write(history.events());
        try (RunningService service = service()) {
            service.awaitCaughtUp();
            List<String> lists =
                    List.of(
                            "/v1/accounts/pager/items?status=ACTIVE&limit=1",
                            "/v1/accounts/pager/items?status=PURCHASED&limit=1",
                            "/v1/accounts/pager/orders?limit=1",
                            "/v1/products/P-1/accounts?status=PURCHASED&limit=1");
            List<String> pages =
                    lists.stream()
                            .map(l ->
                                    l
                                            + "&cursor="
                                            + service.get(l).body().path("nextCursor").asString())
                            .toList();
            String past = "/v1/accounts/pager/history?limit=1";
            String pastPage =
                    past + "&cursor=" + service.get(past).body().path("nextCursor").asString();
            service.post(VIEWS + "/rebuild");
            awaitLive(service, 2);

            for (String page : pages) {
                Answer answer = service.get(page);
                assertThat(answer.status()).isEqualTo(410);
                assertThat(answer.body().path("code").asString()).isEqualTo("cursor-expired");
            }
            assertThat(service.get(pastPage).status()).isEqualTo(200);

            assertThat(service.post(VIEWS + "/rollback").status()).isEqualTo(200);
            for (String page : pages) {
                assertThat(service.get(page).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_rebuild_that_is_killed_goes_on_where_it_was() {
        int events = 60;
        shop(2 * SHOPPERS, events);
        try (ServiceProcess dying =
                new ServiceProcess(
                        stack.addresses(), VIEW, Map.of("cartlog.views.rebuild-chunk", "300"))) {
            dying.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
            dying.post(VIEWS + "/rebuild?budget=300");
            dying.await(VIEWS, s -> s.at("/beside/position").asLong() > 0);
            assertThat(dying.await(VIEWS, _ -> true).at("/beside/state").asString())
                    .isEqualTo("FILLING");
        }
        try (RunningService service = service()) {
            awaitLive(service, 2);

            service.awaitCaughtUp();
            JsonNode live = verify(service, "?version=1");
            assertThat(live.path("differenceCount").asLong(-1)).isZero();
            assertThat(verify(service, "")).isEqualTo(live);
        }
    }

    @Test
    void two_instances_fill_what_each_reads_and_change_over_together() {
        shop(SHOPPERS, 20);
        try (RunningService first = service();
                RunningService second = service()) {
            first.awaitCaughtUp();
            second.awaitCaughtUp();

            first.post(VIEWS + "/rebuild");
            awaitLive(first, 2);
            awaitLive(second, 2);

            log.write(new Histories("late").add("P-1", 1, "9.99", "TV").events());
            for (RunningService service : List.of(first, second)) {
                Answer cart =
                        service.get(
                                "/v1/accounts/late/cart",
                                ConsistencyToken.HEADER,
                                new ConsistencyToken(new AccountId("late"), 1).toString());
                assertThat(cart.body().path("version").asLong()).isEqualTo(1);
            }
            first.awaitCaughtUp();
            assertThat(second.reconcile().path("views").path("differenceCount").asLong(-1))
                    .isZero();
            assertThat(diff(first).path("items").asLong(-1)).isZero();
        }
    }
}
