package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.projection.RunningService.Answer;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ConsistencyToken;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.JsonNode;

/// A record that cannot be applied holds up its account and nobody else, until somebody decides.
///
/// All tests have one log, and each has a view and accounts of its own.
class PoisonIT {
    private static final byte[] GARBAGE = {0, 0, 0, 0, 9, 1, 2, 3};
    private static final String HEX = "0000000009010203";
    private static final String LETTERS = "/internal/dead-letters";
    private static final String SKIP = "by=somebody&why=" + encoded("a test's garbage");

    @TempDir private static Path folder;
    private static LocalStack stack;
    private static EventWriter log;
    private static DynamoDbClient dynamoDb;

    @BeforeAll
    static void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.DYNAMODB));
        log = new EventWriter(stack.addresses().kafka());
        dynamoDb = TestStack.dynamoDb(stack.addresses());
    }

    @AfterAll
    static void stop() {
        log.close();
        dynamoDb.close();
        stack.close();
    }

    private static RunningService service(String view) {
        return new RunningService(stack.addresses(), view);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Five adds.
    private static List<RecordedEvent> five(String account) {
        Histories history = new Histories(account);
        for (int i = 1; i <= 5; i++) {
            history.add("P-" + i, 1, "1.50", "TV");
        }
        return history.events();
    }

    /// Two events, something unreadable, and three more.
    private static void spoil(String account) {
        log.write(five(account).subList(0, 2));
        log.writeGarbage(account, GARBAGE);
        log.write(five(account).subList(2, 5));
    }

    private static Answer cart(RunningService service, String account, String... headers) {
        return service.get("/v1/accounts/" + account + "/cart", headers);
    }

    private static String[] token(String account, long version) {
        String token = new ConsistencyToken(new AccountId(account), version).toString();
        return new String[] {ConsistencyToken.HEADER, token};
    }

    private static List<JsonNode> letters(RunningService service, String account) {
        return service.get(LETTERS)
                .body()
                .path("letters")
                .valueStream()
                .filter(letter -> letter.path("account").asString("").equals(account))
                .toList();
    }

    private static JsonNode parked(RunningService service, String account) {
        return letters(service, account).stream()
                .filter(letter -> letter.path("state").asString().equals("PARKED"))
                .findFirst()
                .orElseThrow();
    }

    private static String path(JsonNode letter) {
        return LETTERS + "/" + letter.path("partition").asInt() + "/" + letter.path("offset");
    }

    private static JsonNode proof(RunningService service, String view, String account) {
        return service.report("/internal/views/" + view + "/verify?account=" + account)
                .path("views");
    }

    private static void assertProven(RunningService service, String view, String account) {
        JsonNode views = proof(service, view, account);
        assertThat(views.path("differenceCount").asLong(-1)).isZero();
        assertThat(views.path("parked")).isEmpty();
    }

    @Test
    void an_unreadable_record_parks_its_account_until_it_is_skipped_and_nobody_else() {
        try (RunningService service = service("Skipped")) {
            spoil("skipped");
            log.write(five("neighbour"));
            service.awaitCaughtUp();

            assertThat(cart(service, "neighbour").body().path("version").asLong()).isEqualTo(5);
            assertParked(service);
            JsonNode letter = parked(service, "skipped");
            assertThat(letter.path("reason").asString()).contains("schema id");
            service.await(
                    "waiting ones are known",
                    () -> parked(service, "skipped").path("waiting").asLong() == 3);
            JsonNode shown = service.get(path(letter)).body();
            assertThat(shown.path("value").asString()).isEqualTo(HEX);
            assertThat(shown.path("key").asString()).isEqualTo("skipped");
            assertThat(shown.path("trouble").asString()).contains("schema id");
            assertThat(shown.at("/letter/state").asString()).isEqualTo("PARKED");
            JsonNode proof = proof(service, "Skipped", "skipped");
            assertThat(proof.path("differenceCount").asLong(-1)).isZero();
            assertThat(proof.at("/parked/0/account").asString()).isEqualTo("skipped");
            assertThat(proof.at("/parked/0/offset")).isEqualTo(letter.path("offset"));

            JsonNode again = service.post(path(letter) + "/retry").body();
            assertThat(again.path("state").asString()).isEqualTo("PARKED");
            assertThat(again.at("/next/offset")).isEqualTo(letter.path("offset"));
            JsonNode skipped = service.post(path(letter) + "/skip?" + SKIP).body();

            assertThat(skipped.path("state").asString()).isEqualTo("RELEASED");
            assertThat(skipped.path("applied").asLong()).isEqualTo(3);
            Answer cart = cart(service, "skipped", token("skipped", 5));
            assertThat(cart.body().path("lines")).hasSize(5);
            assertThat(cart.header("Cartlog-View-Parked")).isEmpty();
            assertThat(cart.header("Cartlog-View-Age")).isEqualTo("0");
            assertProven(service, "Skipped", "skipped");
            JsonNode audit = letters(service, "skipped").getFirst();
            assertThat(audit.path("state").asString()).isEqualTo("SKIPPED");
            assertThat(audit.at("/skipped/by").asString()).isEqualTo("somebody");
            assertThat(audit.at("/skipped/why").asString()).isEqualTo("a test's garbage");
            assertThat(audit.at("/skipped/at").asString()).isNotEmpty();
            assertThat(service.post(path(letter) + "/skip?" + SKIP).status()).isEqualTo(409);
        }
    }

    private static void assertParked(RunningService service) {
        Answer cart = cart(service, "skipped");
        assertThat(cart.status()).isEqualTo(200);
        assertThat(cart.body().path("lines")).hasSize(2);
        assertThat(cart.header("Cartlog-View-Version")).isEqualTo("2");
        assertThat(cart.header("Cartlog-View-Parked")).isNotEmpty();
        assertThat(Long.parseLong(cart.header("Cartlog-View-Age"))).isPositive();
        assertThat(service.get("/v1/accounts/skipped/orders/O-1").status()).isEqualTo(503);
        Answer strict = cart(service, "skipped", token("skipped", 5));
        assertThat(strict.status()).isEqualTo(503);
        assertThat(strict.body().path("code").asString()).isEqualTo("read-model-behind");
        assertThat(strict.body().path("detail").asString()).contains("cannot be applied");
        String[] lenient =
                Stream.concat(
                                Stream.of(token("skipped", 5)),
                                Stream.of("Prefer", "handling=lenient"))
                        .toArray(String[]::new);
        assertThat(cart(service, "skipped", lenient).status()).isEqualTo(200);
        Answer health = service.get("/actuator/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().at("/components/projection/details/parked").asInt()).isPositive();
        assertThat(service.get("/internal/progress").body().path("parked").asInt()).isPositive();
        assertThat(service.send(service.request("/actuator/prometheus")).body())
                .containsPattern("cartlog_projection_parked [1-9]")
                .containsPattern("cartlog_projection_unreadable_total [1-9]");
    }

    @Test
    void what_the_log_lacks_parks_its_account_and_may_be_gone_on_without() {
        List<RecordedEvent> events = five("torn");
        try (RunningService service = service("Torn")) {
            log.write(events.subList(0, 1));
            log.write(events.subList(2, 5));
            log.write(five("whole"));
            service.awaitCaughtUp();

            JsonNode letter = parked(service, "torn");
            assertThat(letter.path("reason").asString()).isEqualTo("version 2 is due, found 3");
            assertThat(service.get(path(letter)).body().has("trouble")).isFalse();
            assertThat(cart(service, "torn").body().path("lines")).hasSize(1);
            assertThat(cart(service, "whole").body().path("lines")).hasSize(5);
            assertThat(proof(service, "Torn", "torn").at("/parked/0/reason").asString())
                    .contains("version 2 is due, found 3");
            service.post(path(letter) + "/skip?" + SKIP);

            JsonNode cart = cart(service, "torn").body();
            assertThat(cart.path("version").asLong()).isEqualTo(5);
            assertThat(cart.path("lines")).hasSize(4);
            assertProven(service, "Torn", "torn");
        }
    }

    @Test
    void an_account_with_two_bad_records_waits_for_the_second_when_the_first_is_skipped() {
        try (RunningService service = service("Twice")) {
            log.write(five("twice").subList(0, 2));
            log.writeGarbage("twice", GARBAGE);
            log.write(five("twice").subList(2, 3));
            log.writeGarbage("twice", GARBAGE);
            log.write(five("twice").subList(3, 5));
            service.awaitCaughtUp();
            JsonNode first = parked(service, "twice");

            JsonNode half = service.post(path(first) + "/skip?" + SKIP).body();

            assertThat(half.path("state").asString()).isEqualTo("PARKED");
            assertThat(half.path("applied").asLong()).isEqualTo(1);
            JsonNode second = parked(service, "twice");
            assertThat(half.at("/next/offset")).isEqualTo(second.path("offset"));
            assertThat(second.path("offset").asLong()).isGreaterThan(first.path("offset").asLong());
            assertThat(cart(service, "twice").body().path("version").asLong()).isEqualTo(3);
            JsonNode whole = service.post(path(second) + "/skip?" + SKIP).body();
            assertThat(whole.path("state").asString()).isEqualTo("RELEASED");
            assertThat(cart(service, "twice").body().path("lines")).hasSize(5);
            assertProven(service, "Twice", "twice");
        }
    }

    @Test
    void once_the_cause_is_mended_a_retry_applies_what_waited_in_order_and_new_events_follow() {
        try (RunningService service = service("Mended")) {
            log.write(five("mended").subList(0, 2));
            service.awaitCaughtUp();
            setHead("Mended", "mended", 1);
            log.write(five("mended").subList(2, 4));
            service.awaitCaughtUp();
            JsonNode letter = parked(service, "mended");
            assertThat(letter.path("reason").asString()).isEqualTo("version 2 is due, found 3");

            setHead("Mended", "mended", 2);
            JsonNode retried = service.post(path(letter) + "/retry").body();

            assertThat(retried.path("state").asString()).isEqualTo("RELEASED");
            assertThat(retried.path("applied").asLong()).isEqualTo(2);
            assertThat(letters(service, "mended").getFirst().path("state").asString())
                    .isEqualTo("APPLIED");
            log.write(five("mended").subList(4, 5));
            assertThat(cart(service, "mended", token("mended", 5)).body().path("lines")).hasSize(5);
            assertProven(service, "Mended", "mended");
        }
    }

    private static void setHead(String table, String account, long version) {
        dynamoDb.updateItem(
                UpdateItemRequest.builder()
                        .tableName(table)
                        .key(
                                Map.of(
                                        "PK", AttributeValue.fromS("HEAD#" + account),
                                        "SK", AttributeValue.fromS("HEAD")))
                        .updateExpression("SET Version = :version")
                        .expressionAttributeValues(
                                Map.of(":version", AttributeValue.fromN("" + version)))
                        .build());
    }

    @Test
    void a_kill_leaves_the_account_parked_where_it_was_and_what_came_later_waits_too() {
        spoil("killed");
        try (ServiceProcess dying = new ServiceProcess(stack.addresses(), "Killed")) {
            dying.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
        }
        Histories later = new Histories("killed");
        for (int i = 1; i <= 7; i++) {
            later.add("P-" + i, 1, "1.50", "TV");
        }
        log.write(later.events().subList(5, 7));
        log.write(five("alive"));
        try (RunningService service = service("Killed")) {
            service.awaitCaughtUp();
            assertThat(cart(service, "alive").body().path("version").asLong()).isEqualTo(5);
            assertThat(cart(service, "killed").body().path("version").asLong()).isEqualTo(2);

            JsonNode letter = parked(service, "killed");
            JsonNode skipped = service.post(path(letter) + "/skip?" + SKIP).body();

            assertThat(skipped.path("applied").asLong()).isEqualTo(5);
            assertThat(cart(service, "killed").body().path("lines")).hasSize(7);
            assertProven(service, "Killed", "killed");
        }
    }

    @Test
    void an_account_that_was_about_to_go_on_when_the_service_died_goes_on() {
        JsonNode letter;
        try (RunningService service = service("Halfway")) {
            log.write(five("halfway").subList(0, 2));
            service.awaitCaughtUp();
            setHead("Halfway", "halfway", 1);
            log.write(five("halfway").subList(2, 5));
            service.awaitCaughtUp();
            letter = parked(service, "halfway");
        }
        setHead("Halfway", "halfway", 2);
        resumeAt("Halfway", "halfway", letter.path("offset").asLong());

        try (RunningService service = service("Halfway")) {
            service.await(
                    "released",
                    () ->
                            letters(service, "halfway").stream()
                                    .allMatch(l -> l.path("state").asString().equals("APPLIED")));
            assertThat(cart(service, "halfway").body().path("version").asLong()).isEqualTo(5);
            assertProven(service, "Halfway", "halfway");
        }
    }

    /// As the register has it once all before the offset is applied.
    private static void resumeAt(String view, String account, long offset) {
        dynamoDb.updateItem(
                UpdateItemRequest.builder()
                        .tableName("CartlogViews")
                        .key(
                                Map.of(
                                        "View", AttributeValue.fromS(view),
                                        "Item", AttributeValue.fromS("PARKED#1#" + account)))
                        .updateExpression("SET ResumeAt = :offset")
                        .expressionAttributeValues(
                                Map.of(":offset", AttributeValue.fromN("" + offset)))
                        .build());
    }

    @Test
    void a_rebuild_parks_the_same_accounts_and_heeds_what_was_skipped() {
        String views = "/internal/views/Rebuilt";
        try (RunningService service = service("Rebuilt")) {
            spoil("left");
            spoil("decided");
            List<RecordedEvent> torn = five("torn-too");
            log.write(torn.subList(0, 2));
            log.write(torn.subList(3, 5));
            service.awaitCaughtUp();
            for (String account : List.of("decided", "torn-too")) {
                service.post(path(parked(service, account)) + "/skip?" + SKIP);
            }
            service.post(views + "/rebuild");
            service.await("live", () -> service.get(views).body().at("/live/version").asInt() == 2);

            JsonNode rebuilt = service.report(views + "/verify?version=2").path("views");
            JsonNode before = service.report(views + "/verify?version=1").path("views");
            assertThat(rebuilt).isEqualTo(before);
            assertThat(rebuilt.path("differenceCount").asLong(-1)).isZero();
            assertThat(service.report(views + "/diff").path("items").asLong(-1)).isZero();
            assertThat(cart(service, "torn-too").body().path("version").asLong()).isEqualTo(5);
            assertThat(cart(service, "left").header("Cartlog-View-Parked")).isNotEmpty();

            JsonNode skipped = service.post(path(parked(service, "left")) + "/skip?" + SKIP).body();

            assertThat(skipped.path("state").asString()).isEqualTo("RELEASED");
            assertThat(cart(service, "left").body().path("version").asLong()).isEqualTo(5);
            assertProven(service, "Rebuilt", "left");
            service.await(
                    "the version beside has it, too",
                    () -> service.report(views + "/diff").path("items").asLong(-1) == 0);
        }
    }

    @Test
    void only_what_waits_can_be_retried_or_skipped_and_a_skip_says_who_and_why() {
        try (RunningService service = service("Asked")) {
            service.awaitCaughtUp();
            log.write(five("healthy"));
            service.awaitCaughtUp();

            assertThat(service.get(LETTERS + "/0/999999").body().path("code").asString())
                    .isEqualTo("record-not-found");
            assertThat(service.get(LETTERS + "/99/0").status()).isEqualTo(404);
            Answer retried = service.post(LETTERS + "/0/0/retry");
            assertThat(retried.status()).isEqualTo(409);
            assertThat(retried.body().path("code").asString()).isEqualTo("not-parked");
            assertThat(service.post(LETTERS + "/0/0/skip?by=me").status()).isEqualTo(400);
            assertThat(service.post(LETTERS + "/0/0/skip?by=me&why=+").status()).isEqualTo(400);
            assertThat(service.post(LETTERS + "/zero/0/retry").status()).isEqualTo(400);
        }
    }
}
