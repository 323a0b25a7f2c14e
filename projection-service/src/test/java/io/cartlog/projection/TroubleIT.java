package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.localstack.Addresses;
import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.localstack.Ports;
import io.cartlog.projection.RunningService.Answer;
import io.cartlog.projection.view.Parking;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens when something breaks. Each test has servers of its own, to be stopped as it likes.
class TroubleIT {
    private static final String TABLE = "Views";
    private static final int PARTITIONS = LocalStackSettings.DEFAULT_PARTITIONS;

    @TempDir private Path folder;
    private final Ports ports = Ports.free();
    private final List<LocalStack> started = new ArrayList<>();
    private LocalStack dynamoDb;

    @BeforeEach
    void start() {
        start(Part.KAFKA);
        dynamoDb = start(Part.DYNAMODB);
    }

    /// In a folder of its own: only one stack at a time has a folder.
    private LocalStack start(Part part) {
        LocalStack stack =
                LocalStack.start(
                        new LocalStackSettings(
                                folder.resolve(part.name()), ports, Set.of(part), PARTITIONS));
        started.add(stack);
        return stack;
    }

    /// Whatever was started, also when another could not be: a broker whose folder is deleted halts
    /// the JVM.
    @AfterEach
    void stop() {
        SoftAssertions.assertSoftly(all ->
                started.forEach(
                        stack -> all.assertThatCode(stack::close).doesNotThrowAnyException()));
    }

    private Addresses addresses() {
        return started.getFirst().addresses();
    }

    @Test // S1-03
    void while_the_table_is_away_nothing_is_lost() {
        Histories before = new Histories("before").add("P-1", 1, "1", null);
        Histories meanwhile = new Histories("meanwhile").add("P-1", 1, "1", null);
        try (EventWriter log = new EventWriter(addresses().kafka());
                RunningService service = new RunningService(addresses(), TABLE)) {
            log.write(before.events());
            service.awaitCaughtUp();

            dynamoDb.close();
            log.write(meanwhile.events());
            service.await(
                    "views say that they are unavailable",
                    () -> service.get("/v1/accounts/before/cart").status() == 503);
            assertThat(service.get("/actuator/health").status()).isEqualTo(200);
            assertThat(service.get("/internal/progress").body().path("lag").asLong()).isPositive();
            service.await("the views grow old", () -> age(service) > 1);

            start(Part.DYNAMODB);
            service.awaitCaughtUp();
            service.await("the views are fresh", () -> age(service) == 0);
            assertThat(lines(service, "before")).isEqualTo(1);
            assertThat(lines(service, "meanwhile")).isEqualTo(1);
        }
    }

    /// Everything committed has been applied, and yet the views are old: nobody may read on.
    @Test
    void while_a_transaction_of_the_log_stays_open_the_views_grow_old() {
        Histories before = new Histories("before").add("P-1", 1, "1", null);
        Histories never = new Histories("never").add("P-1", 1, "1", null);
        try (EventWriter log = new EventWriter(addresses().kafka());
                RunningService service = new RunningService(addresses(), TABLE)) {
            log.write(before.events());
            service.awaitCaughtUp();
            try (EventWriter open = new EventWriter(addresses().kafka())) {
                open.writeOpen(never.events());
                service.await("the views grow old", () -> age(service) > 10);
                assertThat(lines(service, "never")).isZero();
            }
            service.await("the views are fresh", () -> age(service) == 0);
            assertThat(lines(service, "never")).isZero();
        }
    }

    /// Of the oldest event that the views have not, in seconds.
    private static double age(RunningService service) {
        return service.send(service.request("/actuator/prometheus"))
                .body()
                .lines()
                .filter(line -> line.startsWith("cartlog_freshness_seconds{store=\"views\"} "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /// Parking takes most of the time: what the view says afterwards is asked of the same log.
    @Test
    void
            a_log_that_cannot_be_read_at_all_stops_the_projection_loudly_and_a_restart_helps_nothing() {
        try (EventWriter log = new EventWriter(addresses().kafka())) {
            spoil(log);
            try (RunningService service = new RunningService(addresses(), TABLE)) {
                assertHasStopped(service);
            }
            try (RunningService service = new RunningService(addresses(), TABLE)) {
                assertHasStopped(service);
                assertSaysHowOldItIsAndDeniesNothing(service, log);
            }
        }
    }

    private static void assertHasStopped(RunningService service) {
        service.await("down", () -> service.get("/actuator/health").status() == 503);
        Answer progress = service.get("/internal/progress");
        assertThat(progress.body().path("failed").asString())
                .contains("cart.events-", "1000 accounts are parked already");
        assertThat(progress.body().path("lag").asLong()).isPositive();
        assertThat(progress.body().path("parked").asInt()).isEqualTo(Parking.MOST);
    }

    private static void assertSaysHowOldItIsAndDeniesNothing(
            RunningService service, EventWriter log) {
        Histories late = new Histories("late").add("P-1", 1, "1", null).checkOut("O-LATE");
        log.write(late.events());
        service.await("indexed", () -> events(service, "late") == 2);

        Answer cart = service.get("/v1/accounts/late/cart");
        assertThat(cart.status()).isEqualTo(200);
        assertThat(cart.header("Cartlog-View-Version")).isEqualTo("0");
        assertThat(Long.parseLong(cart.header("Cartlog-View-Age"))).isPositive();
        assertThat(service.get("/v1/accounts/late/orders/O-LATE").status()).isEqualTo(503);
        assertThat(cart(service, "late", 2).status()).isEqualTo(503);
    }

    private static int events(RunningService service, String account) {
        return service.get("/v1/accounts/" + account + "/history").body().path("items").size();
    }

    /// More accounts than are parked one by one.
    private static void spoil(EventWriter log) {
        log.writeGarbage(
                IntStream.rangeClosed(0, Parking.MOST).mapToObj(i -> "spoilt-" + i).toList(),
                new byte[] {9, 9, 9});
    }

    @Test
    void a_restart_goes_on_where_the_table_is_and_a_new_table_is_filled_from_the_start() {
        Histories history = new Histories("restart").add("P-1", 1, "1", null);
        try (EventWriter log = new EventWriter(addresses().kafka())) {
            log.write(history.events());
            try (RunningService service = new RunningService(addresses(), TABLE)) {
                service.awaitCaughtUp();
            }
            log.write(history.add("P-2", 1, "1", null).events().subList(1, 2));
            try (RunningService service = new RunningService(addresses(), TABLE)) {
                service.awaitCaughtUp();
                assertThat(lines(service, "restart")).isEqualTo(2);
                assertThat(applied(service)).isEqualTo(1);
            }
            try (RunningService service = new RunningService(addresses(), "NewViews")) {
                service.awaitCaughtUp();
                assertThat(lines(service, "restart")).isEqualTo(2);
                assertThat(applied(service)).isEqualTo(2);
            }
        }
    }

    @Test
    void two_instances_share_the_partitions_and_both_know_how_far_all_are() {
        try (EventWriter log = new EventWriter(addresses().kafka());
                RunningService first = new RunningService(addresses(), TABLE);
                RunningService second = new RunningService(addresses(), TABLE)) {
            for (int i = 0; i < 40; i++) {
                log.write(Histories.random("shared-" + i, i, 20));
            }
            second.awaitCaughtUp();
            first.awaitCaughtUp();
            first.await("the second takes part", () -> takesPart(log, first, second));

            assertThat(first.reconcile().path("views").path("differenceCount").asLong(-1)).isZero();
            for (int i = 0; i < 40; i++) {
                String account = "either-" + i;
                log.write(new Histories(account).add("P-1", 1, "1", null).events());
                for (RunningService service : List.of(first, second)) {
                    Answer cart = cart(service, account, 1);
                    assertThat(cart.status()).isEqualTo(200);
                    assertThat(cart.body().path("version").asLong()).isEqualTo(1);
                }
            }
        }
    }

    private static Answer cart(RunningService service, String account, long version) {
        return service.get(
                "/v1/accounts/" + account + "/cart",
                ConsistencyToken.HEADER,
                new ConsistencyToken(new AccountId(account), version).toString());
    }

    private int more;

    private boolean takesPart(EventWriter log, RunningService first, RunningService second) {
        log.write(Histories.random("more-" + ++more, more, 10));
        first.awaitCaughtUp();
        second.awaitCaughtUp();
        return applied(first) > 0 && applied(second) > 0;
    }

    @Test
    void a_table_that_reflects_another_log_is_not_written() throws Exception {
        Histories history = new Histories("other-log").add("P-1", 1, "1", null);
        try (EventWriter log = new EventWriter(addresses().kafka())) {
            log.write(history.events());
            try (RunningService service = new RunningService(addresses(), TABLE)) {
                service.awaitCaughtUp();
            }
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses().kafka()))) {
            admin.deleteTopics(List.of(Topics.EVENTS.name())).all().get();
        }
        try (RunningService service = new RunningService(addresses(), TABLE)) {
            service.await("down", () -> service.get("/actuator/health").status() == 503);
            assertThat(service.get("/internal/progress").body().path("failed").asString())
                    .contains("another log");
        }
    }

    @Test
    void topics_with_different_numbers_of_partitions_stop_the_start() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses().kafka()))) {
            admin.deleteTopics(List.of(Topics.REPLIES.name())).all().get();
            admin.createTopics(List.of(new NewTopic(Topics.REPLIES.name(), 3, (short) 1)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> new RunningService(addresses(), TABLE).close())
                .rootCause()
                .hasMessageContaining("same number of partitions")
                .hasMessageContaining("cart.replies=3");
    }

    @Test
    void a_missing_or_unknown_setting_stops_the_start() {
        assertThatThrownBy(() -> new RunningService(addresses(), TABLE, "cartlog.shards=4").close())
                .rootCause()
                .hasMessageContaining("cartlog.shards");
        assertThatThrownBy(() ->
                        new RunningService(addresses(), TABLE, "cartlog.queries.cursor-key=")
                                .close())
                .rootCause()
                .hasMessageContaining("cartlog.queries.cursor-key is missing");
    }

    private static int lines(RunningService service, String account) {
        return service.get("/v1/accounts/" + account + "/cart").body().path("lines").size();
    }

    private static long applied(RunningService service) {
        return service.get("/internal/progress").body().path("eventsApplied").asLong();
    }
}
