package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.projection.RunningService.Answer;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.ConsistencyToken;
import io.cartlog.schemas.value.Sku;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// An account's past out of the real log, among other accounts' events.
@Timeout(300)
class HistoryIT {
    private static final String TABLE = "HistoryViews";
    private static RunningService service;
    private static EventWriter log;

    @BeforeAll
    static void start() {
        service =
                new RunningService(TestStack.addresses(), TABLE, "cartlog.queries.heartbeat=200ms");
        log = new EventWriter(TestStack.addresses().kafka());
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    private static Answer get(String account, String path, long version) {
        return service.get(
                "/v1/accounts/" + account + path,
                ConsistencyToken.HEADER,
                new ConsistencyToken(new AccountId(account), version).toString());
    }

    /// Writes a history in pieces, with pieces of others between them.
    private static void writeScattered(List<RecordedEvent> events, String others) {
        for (int from = 0; from < events.size(); from += 7) {
            log.write(events.subList(from, Math.min(events.size(), from + 7)));
            log.write(Histories.random(others + "-" + from, from, 40));
        }
    }

    @Test
    void the_cart_at_20_moments_is_what_a_fold_of_the_log_gives() {
        String account = "as-of";
        Histories history = new Histories(account);
        List<Map<Sku, CartLine>> carts = new ArrayList<>(List.of(Map.of()));
        Random random = new Random(17);
        while (history.events().size() < 400) {
            history.after(1 + random.nextInt(500)).anything(random);
            while (carts.size() <= history.events().size()) {
                carts.add(history.active());
            }
        }
        writeScattered(history.events(), "around");
        int versions = history.events().size();
        get(account, "/history?limit=1", versions);
        List<RecordedEvent> logged = wholeLog(account);
        assertThat(logged).isEqualTo(history.events());

        for (int i = 0; i < 20; i++) {
            Instant moment = moment(logged, i);
            int version =
                    (int) logged.stream().filter(e -> !e.recordedAt().isAfter(moment)).count();
            for (String asOf : List.of(moment.toString(), Integer.toString(version))) {
                Answer answer = service.get("/v1/accounts/as-of/cart?asOf=" + asOf);

                assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
                assertThat(answer.body().path("version").asInt()).isEqualTo(version);
                assertThat(lines(answer.body())).isEqualTo(expected(carts.get(version)));
            }
        }
    }

    /// Before the first event, after the last one, exactly at one, and between.
    private static Instant moment(List<RecordedEvent> logged, int i) {
        return switch (i) {
            case 0 -> logged.getFirst().recordedAt().minusMillis(1);
            case 1 -> logged.getLast().recordedAt().plusSeconds(3_600);
            default -> logged.get(logged.size() * i / 20).recordedAt().plusMillis(i % 3 - 1L);
        };
    }

    private static Map<String, String> lines(JsonNode cart) {
        Map<String, String> lines = new TreeMap<>();
        cart.path("lines")
                .forEach(line ->
                        lines.put(
                                line.path("productId").asString(),
                                line.path("quantity").asInt()
                                        + " "
                                        + line.path("price").asString("?")));
        return lines;
    }

    private static Map<String, String> expected(Map<Sku, CartLine> cart) {
        Map<String, String> lines = new TreeMap<>();
        cart.forEach((sku, line) ->
                lines.put(
                        sku.value(),
                        line.quantity()
                                + " "
                                + (line.unitPrice() == null ? "?" : line.unitPrice())));
        return lines;
    }

    /// By brute force: every record of the topic.
    private static List<RecordedEvent> wholeLog(String account) {
        List<RecordedEvent> events = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                TestStack.addresses().kafka(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(Topics.EVENTS.name()).stream()
                            .map(p -> new TopicPartition(p.topic(), p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    if (account.equals(new String(found.key(), StandardCharsets.UTF_8))) {
                        events.add(Topics.EVENTS.values().fromBytes(found.value()));
                    }
                }
            }
        }
        return events;
    }

    @ParameterizedTest
    @CsvSource({"newest, 7", "oldest, 7", "newest, 100", "oldest, 60"})
    void a_history_is_paged_without_gap_or_duplicate_while_it_grows(String order, int limit) {
        String account = "paged-" + order + "-" + limit;
        List<RecordedEvent> events = Histories.random(account, limit, 240);
        writeScattered(events.subList(0, 120), account);
        get(account, "/history?limit=1", 120);

        List<Long> versions = new ArrayList<>();
        String cursor = "";
        int written = 120;
        do {
            JsonNode page =
                    service.get(
                                    "/v1/accounts/%s/history?order=%s&limit=%d%s"
                                            .formatted(account, order, limit, cursor))
                            .body();
            page.path("items").forEach(e -> versions.add(e.path("version").asLong()));
            cursor =
                    page.path("nextCursor").isNull()
                            ? ""
                            : "&cursor=" + page.path("nextCursor").asString();
            int more = Math.min(240, written + 10);
            log.write(events.subList(written, more));
            written = more;
        } while (!cursor.isEmpty());

        List<Long> first = LongStream.rangeClosed(1, 120).boxed().toList();
        if (order.equals("newest")) {
            assertThat(versions).isEqualTo(first.reversed());
        } else {
            assertThat(versions).startsWith(first.toArray(Long[]::new));
            assertThat(versions)
                    .isEqualTo(LongStream.rangeClosed(1, versions.size()).boxed().toList());
        }
    }

    @Test
    void an_event_stands_in_the_history_as_it_does_in_the_log() {
        Histories history = new Histories("one").add("P-1", 2, "9.5", "TV");
        log.write(history.events());

        JsonNode event = get("one", "/history", 1).body().path("items").get(0);

        assertThat(event.path("eventId").asString())
                .isEqualTo(history.events().getFirst().eventId().toString());
        assertThat(event.path("type").asString()).isEqualTo("ItemAdded");
        assertThat(event.path("commandId").asString()).isEqualTo("key-1");
        assertThat(event.path("line").path("unitPrice").asString()).isEqualTo("9.50");
    }

    @Test
    void a_line_is_explained_by_the_commands_that_made_it() {
        Histories history =
                new Histories("why")
                        .add("P-1", 1, "5", null)
                        .remove("P-1")
                        .add("P-1", 2, "5", null)
                        .add("P-2", 1, "1", null)
                        .set("P-1", 6);
        log.write(history.events());

        JsonNode why = get("why", "/cart/lines/P-1/explain", 5).body();

        assertThat(why.path("line").path("quantity").asInt()).isEqualTo(6);
        assertThat(why.path("steps")).hasSize(2);
        assertThat(why.path("steps").get(0).path("event").path("commandId").asString())
                .isEqualTo("key-3");
        assertThat(why.path("steps").get(1).path("event").path("type").asString())
                .isEqualTo("QuantitySet");
        assertThat(get("why", "/cart/lines/P-9/explain", 5).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/cart?asOf=yesterday,   400, invalid-parameter",
        "/cart?asOf=-1,          400, invalid-parameter",
        "/cart?asOf=,            400, invalid-parameter",
        "/cart?asOf=7,           404, version-not-found",
        "/history?order=random,  400, invalid-parameter",
        "/history?limit=0,       400, invalid-parameter",
        "/history?cursor=x,      400, cursor-invalid",
        "/cart/lines/P-1/explain, 404, line-not-found",
    })
    void what_cannot_be_asked_is_a_problem(String path, int status, String code) {
        Answer answer = service.get("/v1/accounts/nobody-at-all" + path);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("code").asString()).isEqualTo(code);
        assertThat(answer.body().path("type").asString()).isEqualTo("/problems/" + code);
    }

    @Test
    void an_index_that_was_deleted_is_built_again() {
        List<RecordedEvent> events = Histories.random("rebuilt", 3, 90);
        writeScattered(events, "rebuilding");

        try (RunningService fresh = new RunningService(TestStack.addresses(), TABLE)) {
            JsonNode page = fresh.get("/v1/accounts/rebuilt/history?order=oldest&limit=100").body();

            assertThat(page.path("items")).hasSize(90);
            assertThat(page.path("items").get(89).path("version").asInt()).isEqualTo(90);
        }
    }

    @Test
    void events_are_followed_from_where_the_client_was() throws Exception {
        List<RecordedEvent> events = Histories.random("live", 11, 60);
        writeScattered(events.subList(0, 30), "living");
        get("live", "/history?limit=1", 30);

        try (EventStream stream = follow("live", "Last-Event-ID", "12")) {
            assertThat(stream.ids(18)).isEqualTo(versions(13, 30));
            log.write(events.subList(30, 45));
            assertThat(stream.ids(15)).isEqualTo(versions(31, 45));
            assertThat(stream.heartbeats()).isTrue();
        }
        log.write(events.subList(45, 60));
        try (EventStream stream = follow("live", "Last-Event-ID", "45")) {
            assertThat(stream.ids(15)).isEqualTo(versions(46, 60));
        }
    }

    @Test
    void many_follow_one_account_while_it_is_written_and_none_misses_anything() throws Exception {
        List<RecordedEvent> events = Histories.random("watched", 13, 300);
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 300; i += 3) {
                                log.write(events.subList(i, i + 3));
                            }
                        });

        for (int round = 0; round < 12; round++) {
            try (EventStream stream = follow("watched", "Last-Event-ID", "0")) {
                assertThat(stream.ids(300)).isEqualTo(versions(1, 300));
            }
        }
        writer.join();
    }

    @Test
    @Timeout(60)
    void a_service_that_stops_ends_its_streams() throws Exception {
        RunningService other = new RunningService(TestStack.addresses(), TABLE);
        log.write(new Histories("stopping").add("P-1", 1, "1", null).events());
        try (EventStream stream = follow(other, "stopping", "Last-Event-ID", "0")) {
            assertThat(stream.ids(1)).containsExactly(1L);
            long start = System.nanoTime();
            other.close();

            stream.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void a_place_to_go_on_from_must_be_a_version() {
        Answer answer =
                service.get("/v1/accounts/live/events", "Last-Event-ID", "12; drop everything");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("parameter").asString()).isEqualTo("Last-Event-ID");
    }

    private static List<Long> versions(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static EventStream follow(String account, String... headers) {
        return follow(service, account, headers);
    }

    private static EventStream follow(RunningService from, String account, String... headers) {
        return new EventStream(from.open("/v1/accounts/" + account + "/events", headers));
    }

    /// A client of server-sent events.
    private static final class EventStream implements AutoCloseable {
        private final BufferedReader lines;

        EventStream(HttpResponse<InputStream> answer) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/event-stream");
            lines =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        }

        List<Long> ids(int count) throws IOException {
            List<Long> ids = new ArrayList<>();
            while (ids.size() < count) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("the stream has ended after " + ids);
                }
                if (line.startsWith("id: ")) {
                    ids.add(Long.parseLong(line.substring(4)));
                }
            }
            return ids;
        }

        boolean heartbeats() throws IOException {
            String line = lines.readLine();
            while (line != null && !line.equals(":")) {
                line = lines.readLine();
            }
            return line != null;
        }

        void awaitEnd() throws IOException {
            String line = lines.readLine();
            while (line != null) {
                line = lines.readLine();
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
