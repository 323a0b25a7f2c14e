package io.cartlog.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.access.BearerClient;
import io.cartlog.service.access.TestTokens;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.TraceReceiver;
import io.cartlog.service.tracing.TraceReceiver.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A command is followed from its request into the log, as a collector sees it.
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway.Init")
class TracingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String HTTP = "POST /v1/accounts/{account}/items";
    private static final String DECIDE = "decide cart.commands";
    private static final String SECRET = "P-1001-of-nobodys-business";
    private static final String TV =
            "{\"productId\":\"" + SECRET + "\",\"quantity\":2,\"price\":\"199.99\"}";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestTokens tokens = new TestTokens();
    private final HttpClient client = new BearerClient(tokens.ops());
    private TraceReceiver collector;
    private LocalStack stack;
    private ConfigurableApplicationContext service;

    /// Requests without a trace of their own are not followed.
    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        collector = new TraceReceiver();
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder.resolve("stack")).only(Part.KAFKA));
        service = started(settings(folder.resolve("state"), "0"));
    }

    @AfterAll
    void stop() {
        service.close();
        collector.close();
        tokens.close();
        stack.close();
        // Boot keeps it for all that start in this JVM.
        System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
    }

    @Test
    void a_sampled_command_is_followed_into_the_log() throws Exception {
        TraceParent caller = TraceReceiver.newTrace();
        String account = fresh();

        HttpResponse<String> answer = add(account, caller);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cartlog-Trace-Id")).hasValue(caller.traceId());
        Received http = collector.await(caller.traceId(), HTTP);
        assertThat(http.parentId()).isEqualTo(caller.spanId());
        assertThat(http.service()).isEqualTo("command-service");
        assertThat(http.kind()).isEqualTo("SERVER");
        assertThat(http.status()).isEqualTo("UNSET");
        assertThat(http.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200")
                .containsEntry("http.route", "/v1/accounts/{account}/items")
                .containsEntry("url.scheme", "http");
        Received decide = collector.await(caller.traceId(), DECIDE);
        assertThat(decide.parentId()).isEqualTo(http.spanId());
        assertThat(decide.startNanos()).isGreaterThan(http.startNanos());
        assertThat(decide.endNanos()).isLessThan(http.endNanos());
        ConsumerRecord<byte[], byte[]> event = event(account);
        assertThat(place(event))
                .isEqualTo(new TraceParent(caller.traceId(), decide.spanId(), true));
        assertThat(names(event)).containsExactly("traceparent");
        ConsumerRecord<byte[], byte[]> command = command(account);
        assertThat(place(command))
                .isEqualTo(new TraceParent(caller.traceId(), http.spanId(), true));
        assertThat(decide.attributes())
                .containsEntry("messaging.system", "kafka")
                .containsEntry("messaging.destination.name", "cart.commands")
                .containsEntry(
                        "messaging.destination.partition.id", Integer.toString(command.partition()))
                .containsEntry("messaging.kafka.offset", Long.toString(command.offset()))
                .containsEntry("messaging.consumer.group.name", "cart-decider");
        assertThat(collector.spans(caller.traceId())).hasSize(2);
        assertThat(collector.spans(caller.traceId()).toString()).doesNotContain(account, SECRET);
    }

    @Test
    void a_command_that_is_sent_again_is_followed_and_changes_nothing() throws Exception {
        TraceParent first = TraceReceiver.newTrace();
        TraceParent second = TraceReceiver.newTrace();
        String account = fresh();
        HttpResponse<String> answer = add(account, first);
        HttpResponse<String> again = add(account, second);

        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.body()).isEqualTo(answer.body());
        collector.await(second.traceId(), DECIDE);
        assertThat(records(Topics.EVENTS.name(), account)).hasSize(1);
    }

    @Test
    void a_request_that_nobody_follows_leaves_no_trace_in_the_log() throws Exception {
        TraceParent unsampled = unsampled();
        String account = fresh();
        HttpResponse<String> without = add(account, null);
        HttpResponse<String> with = post("/v1/accounts/" + account + "/items", "2", TV, unsampled);

        assertThat(without.headers().firstValue("Cartlog-Trace-Id").orElse(""))
                .matches("[0-9a-f]{32}");
        assertThat(with.headers().firstValue("Cartlog-Trace-Id")).hasValue(unsampled.traceId());
        assertThat(records(Topics.EVENTS.name(), account))
                .hasSize(2)
                .allSatisfy(event -> assertThat(names(event)).isEmpty());
        assertThat(records(Topics.COMMANDS.name(), account))
                .hasSize(2)
                .allSatisfy(command ->
                        assertThat(names(command))
                                .containsExactly("reply-partition", "request-mark"));
        awaitAnother();
        assertThat(collector.spans(unsampled.traceId())).isEmpty();
    }

    @Test
    void a_refused_request_is_followed_to_its_refusal() throws Exception {
        TraceParent caller = TraceReceiver.newTrace();

        HttpResponse<String> answer =
                post("/v1/accounts/" + fresh() + "/checkout", "1", "", caller);

        assertThat(answer.statusCode()).isEqualTo(428);
        assertThat(answer.body()).contains("\"traceId\":\"" + caller.traceId() + "\"");
        Received http = collector.await(caller.traceId(), "POST /v1/accounts/{account}/checkout");
        assertThat(http.attribute("http.response.status_code")).isEqualTo("428");
        assertThat(http.status()).isEqualTo("UNSET");
    }

    @Test
    void of_a_batch_the_request_and_its_first_line_are_followed() throws Exception {
        TraceParent caller = TraceReceiver.newTrace();
        List<String> accounts = List.of(fresh(), fresh(), fresh());
        String lines =
                accounts.stream()
                        .map(account ->
                                "{\"idempotencyKey\":\"%s\",\"account\":\"%s\",\"command\":\"AddItem\",\"productId\":\"P\",\"quantity\":1,\"price\":\"1.00\"}\n"
                                        .formatted(account, account))
                        .collect(Collectors.joining());

        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address("/v1/events/batch"))
                                .header("Content-Type", "application/x-ndjson")
                                .header("traceparent", caller.toString())
                                .POST(BodyPublishers.ofString(lines))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.body().lines()).hasSize(3).allMatch(l -> l.contains("\"status\":200"));
        Received http = collector.await(caller.traceId(), "POST /v1/events/batch");
        assertThat(collector.await(caller.traceId(), DECIDE).parentId()).isEqualTo(http.spanId());
        assertThat(names(event(accounts.get(0)))).containsExactly("traceparent");
        assertThat(names(event(accounts.get(1)))).isEmpty();
        assertThat(names(event(accounts.get(2)))).isEmpty();
    }

    @Test
    void a_merge_is_one_trace_though_two_accounts_decide() throws Exception {
        TraceParent caller = TraceReceiver.newTrace();
        String account = fresh();
        String guest = "guest-" + UUID.randomUUID().toString().substring(0, 12);
        add(guest, null);

        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address("/v1/accounts/" + account + "/cart/merge"))
                                .header("Idempotency-Key", "m")
                                .header("If-Match", "*")
                                .header("Content-Type", "application/json")
                                .header("traceparent", caller.toString())
                                .POST(BodyPublishers.ofString("{\"guest\":\"" + guest + "\"}"))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Objects.requireNonNull(place(event(account))).traceId())
                .isEqualTo(caller.traceId());
        assertThat(place(records(Topics.EVENTS.name(), guest).getLast()))
                .extracting(place -> Objects.requireNonNull(place).traceId())
                .isEqualTo(caller.traceId());
        collector.await(caller.traceId(), "POST /v1/accounts/{account}/cart/merge");
        collector.await(
                "three decisions",
                _ ->
                        collector.spans(caller.traceId()).stream()
                                        .filter(span -> span.name().equals(DECIDE))
                                        .count()
                                == 3);
    }

    @Test
    void what_is_logged_meanwhile_has_the_trace_id_and_names_nobody(CapturedOutput output)
            throws Exception {
        TraceParent caller = unsampled();
        String account = fresh();

        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(address("/v1/accounts/" + account + "/cart"))
                                .header("traceparent", caller.toString())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(503);
        List<JsonNode> lines =
                output.getOut()
                        .lines()
                        .filter(line -> line.contains(caller.traceId()))
                        .map(JSON::readTree)
                        .toList();
        assertThat(lines).hasSize(1);
        JsonNode line = lines.getFirst();
        assertThat(line.path("message").asString()).isEqualTo("a read model is unavailable");
        assertThat(line.path("trace.id").asString()).isEqualTo(caller.traceId());
        assertThat(line.at("/service/name").asString()).isEqualTo("command-service");
        assertThat(line.at("/log/level").asString()).isEqualTo("WARN");
        assertThat(line.path("cause").asString()).isNotEmpty();
        assertThat(output.getOut()).doesNotContain(account, tokens.ops());
    }

    @Test
    void a_share_that_is_none_stops_the_start(@TempDir Path folder) {
        Map<String, String> settings = settings(folder, "2");

        assertThatThrownBy(() -> run(settings)).hasStackTraceContaining("cartlog.tracing.sampling");
    }

    /// Everything that was sent before the spans of this one has arrived.
    private void awaitAnother() throws Exception {
        TraceParent caller = TraceReceiver.newTrace();
        add(fresh(), caller);
        collector.await(caller.traceId(), HTTP);
    }

    private static TraceParent unsampled() {
        TraceParent any = TraceReceiver.newTrace();
        return new TraceParent(any.traceId(), any.spanId(), false);
    }

    private static String fresh() {
        return "t-" + UUID.randomUUID();
    }

    private HttpResponse<String> add(String account, @Nullable TraceParent trace) throws Exception {
        return post("/v1/accounts/" + account + "/items", "1", TV, trace);
    }

    private HttpResponse<String> post(
            String path, String key, String body, @Nullable TraceParent trace) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path))
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (trace != null) {
            request.header("traceparent", trace.toString());
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private URI address(String path) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private ConfigurableApplicationContext started(Map<String, String> settings) throws Exception {
        service = run(settings);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        HttpRequest health = HttpRequest.newBuilder(address("/actuator/health")).build();
        while (client.send(health, BodyHandlers.discarding()).statusCode() != 200) {
            assertThat(System.nanoTime()).as("ready in time").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
        return service;
    }

    private static ConfigurableApplicationContext run(Map<String, String> settings) {
        return SpringApplication.run(
                CommandServiceApplication.class,
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    private Map<String, String> settings(Path state, String sampling) {
        Map<String, String> settings = new HashMap<>(tokens.settings());
        settings.put("server.port", "0");
        settings.put("cartlog.kafka.bootstrap-servers", stack.addresses().kafka());
        settings.put("cartlog.queries.url", "http://127.0.0.1:1");
        settings.put("cartlog.streams.state-dir", state.toString());
        settings.put("cartlog.commands.timeout", "60s");
        settings.put("cartlog.tracing.endpoint", collector.endpoint());
        settings.put("cartlog.tracing.sampling", sampling);
        settings.put("logging.structured.format.console", "ecs");
        return settings;
    }

    /// The only event of an account.
    private ConsumerRecord<byte[], byte[]> event(String account) {
        return only(records(Topics.EVENTS.name(), account));
    }

    private ConsumerRecord<byte[], byte[]> command(String account) {
        return only(records(Topics.COMMANDS.name(), account));
    }

    private static <T> T only(List<T> some) {
        assertThat(some).hasSize(1);
        return some.getFirst();
    }

    private static @Nullable TraceParent place(ConsumerRecord<byte[], byte[]> record) {
        return TraceParent.parse(record.headers().lastHeader("traceparent").value());
    }

    private static List<String> names(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray()).map(Header::key).sorted().toList();
    }

    /// The committed records of an account, in their order.
    private List<ConsumerRecord<byte[], byte[]>> records(String topic, String account) {
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
            List<TopicPartition> all =
                    IntStream.range(0, LocalStackSettings.DEFAULT_PARTITIONS)
                            .mapToObj(p -> new TopicPartition(topic, p))
                            .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        byte[] key = account.getBytes(UTF_8);
        return records.stream().filter(record -> Arrays.equals(record.key(), key)).toList();
    }
}
