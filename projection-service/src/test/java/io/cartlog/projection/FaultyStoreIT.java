package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A store that is busy, slow, away or tells less than the truth slows the projection down, which
/// can be seen; nothing is lost and nothing is doubled (S1-03).
class FaultyStoreIT {
    private static final int ACCOUNTS = 40;
    private static final int EVENTS = 20;

    /// `-Dcartlog.outage-seconds=60` for the outage of S1-03 in full.
    private static final Duration OUTAGE =
            Duration.ofSeconds(Integer.getInteger("cartlog.outage-seconds", 5));

    @TempDir private static Path folder;
    private static LocalStack stack;
    private static FaultyStore store;
    private static RunningService service;
    private static EventWriter log;

    @BeforeAll
    static void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.DYNAMODB));
        store = new FaultyStore(stack.addresses().dynamodb());
        service =
                new RunningService(
                        stack.addresses(),
                        "Faulty",
                        "cartlog.dynamodb.endpoint=" + store.address());
        log = new EventWriter(stack.addresses().kafka());
    }

    @AfterAll
    static void stop() {
        store.behave();
        service.close();
        store.close();
        log.close();
        stack.close();
    }

    @AfterEach
    void behave() {
        store.behave();
    }

    private static void load(String prefix) {
        for (int i = 0; i < ACCOUNTS; i++) {
            log.write(Histories.random(prefix + "-" + i, i, EVENTS));
        }
    }

    private static void assertNothingLostOrDoubled() {
        store.behave();
        JsonNode views = service.reconcile().path("views");
        assertThat(views.path("differenceCount").asLong(-1)).as(views.toString()).isZero();
        assertThat(views.path("digest")).isEqualTo(views.path("expectedDigest"));
        assertThat(views.path("moving").asInt()).isZero();
        assertThat(views.path("parked")).isEmpty();
    }

    private static double meter(String name) {
        return meter(name, "");
    }

    private static double meter(String name, String label) {
        return service.send(service.request("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static double trouble(String kind) {
        return meter("cartlog_dynamodb_failed_attempts_total", "error=\"" + kind + "\"");
    }

    private static Set<String> members() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.addresses().kafka()))) {
            return admin.describeConsumerGroups(List.of("projection")).all().get().values().stream()
                    .flatMap(group -> group.members().stream())
                    .map(MemberDescription::consumerId)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void a_store_that_throttles_is_waited_for() {
        double before = trouble("Throttling");
        int faults = store.faults();
        store.throttle();

        load("throttled");
        service.await("throttled", () -> store.faults() > faults + 20);
        store.behave();
        service.awaitCaughtUp();

        assertThat(trouble("Throttling")).isGreaterThan(before);
        assertNothingLostOrDoubled();
    }

    @Test
    void keys_that_are_left_unprocessed_are_asked_for_again() {
        double before = meter("cartlog_dynamodb_unprocessed_total");
        int faults = store.faults();
        store.leaveUnprocessed();

        load("unprocessed");
        service.awaitCaughtUp();

        assertThat(store.faults()).isGreaterThan(faults);
        assertThat(meter("cartlog_dynamodb_unprocessed_total")).isGreaterThan(before);
        assertNothingLostOrDoubled();
    }

    @Test
    void a_slow_store_slows_the_projection_and_the_lag_shows_it() {
        store.delay(1_500);
        load("delayed");

        service.await("behind", () -> lag() > 0);
        assertThat(service.get("/actuator/health").status()).isEqualTo(200);
        store.behave();
        service.awaitCaughtUp();

        assertNothingLostOrDoubled();
    }

    private static long lag() {
        return service.get("/internal/progress").body().path("lag").asLong(-1);
    }

    @Test
    void a_write_that_was_carried_out_and_said_to_have_failed_is_not_carried_out_twice() {
        double before = trouble("ServerError");
        int faults = store.faults();
        store.failAfterWrites();

        load("sorry");
        service.awaitCaughtUp();

        assertThat(store.faults()).isGreaterThan(faults);
        assertThat(trouble("ServerError")).isGreaterThan(before);
        assertNothingLostOrDoubled();
    }

    @Test // S1-03
    void through_an_outage_the_projection_waits_in_its_place_and_goes_on_by_itself()
            throws Exception {
        service.awaitCaughtUp();
        Set<String> members = members();
        double before = meter("cartlog_dynamodb_retries_total");
        store.refuse();
        long since = System.nanoTime();
        load("outage");

        service.await("waiting", () -> meter("cartlog_dynamodb_waiting_seconds") > 0);
        assertThat(lag()).isPositive();
        assertThat(service.get("/actuator/health").status()).isEqualTo(200);
        while (System.nanoTime() - since < OUTAGE.toNanos()) {
            LockSupport.parkNanos(OUTAGE.toNanos() - (System.nanoTime() - since));
        }
        assertThat(service.get("/internal/progress").body().path("failed").isNull()).isTrue();
        store.accept();
        service.awaitCaughtUp();

        assertThat(members()).isEqualTo(members).hasSize(1);
        assertThat(meter("cartlog_dynamodb_retries_total")).isGreaterThan(before);
        service.await("no more", () -> meter("cartlog_dynamodb_waiting_seconds") == 0);
        assertNothingLostOrDoubled();
    }
}
