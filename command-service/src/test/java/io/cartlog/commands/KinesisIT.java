package io.cartlog.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import io.cartlog.schemas.event.CartEvent.PurchaseRecorded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.access.TestTokens;
import io.cartlog.service.kinesis.LocalKinesis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/// Rows that come by a stream which speaks Kinesis' own protocol.
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KinesisIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STREAM = "rows";

    private final TestTokens tokens = new TestTokens();
    private Path folder;
    private LocalKinesis kinesis;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        Optional<Path> program = LocalKinesis.program();
        if (program.isPresent()) {
            folder = temporary;
            kinesis = LocalKinesis.start(program.get(), folder, STREAM + ":2");
            stack =
                    LocalStack.start(
                            LocalStackSettings.inFolder(folder.resolve("stack")).only(Part.KAFKA));
        }
    }

    @BeforeEach
    void needsAStream() {
        assumeTrue(stack != null, "skipped: " + LocalKinesis.HOW_TO_GET_IT);
    }

    @AfterAll
    void stop() {
        if (stack != null) {
            stack.close();
        }
        if (kinesis != null) {
            kinesis.close();
        }
        tokens.close();
    }

    // S1-03, S4-02
    @Test
    void a_row_of_the_stream_is_one_event_and_what_is_none_a_dead_letter_over_a_restart()
            throws Exception {
        put("17850", row(1, "17850.0", ""));
        try (ConfigurableApplicationContext _ = service()) {
            put("17850", row(2, "17850", ""));
            put("17850", "no row");
            put("17850", row(3, "17850", ""));
            await(Topics.EVENTS.name(), all -> all.size() == 3);
        }
        put("17850", row(4, "17850", ",\"idempotencyKey\":\"till-4\""));
        put("17850", row(4, "17850", ",\"idempotencyKey\":\"till-4\""));
        put("17850", row(5, "17850", ""));
        List<ConsumerRecord<byte[], byte[]>> dead;
        List<RecordedEvent> events;
        try (ConfigurableApplicationContext _ = service()) {
            events =
                    await(Topics.EVENTS.name(), all -> all.size() >= 5).stream()
                            .map(it -> Topics.EVENTS.values().fromBytes(it.value()))
                            .toList();
            dead = await(Topics.DEAD_LETTERS, all -> !all.isEmpty());
        }

        assertThat(events)
                .extracting(it -> ((PurchaseRecorded) it.event()).orderId().value())
                .containsExactly("536001", "536002", "536003", "536004", "536005");
        assertThat(events).extracting(RecordedEvent::version).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events.get(3).commandId().value()).isEqualTo("till-4");
        assertThat(dead).hasSize(1);
        assertThat(dead.getFirst().value()).isEqualTo("no row".getBytes(UTF_8));
        assertThat(header(dead.getFirst(), "dead-letter-topic"))
                .startsWith("kinesis:rows/shardId-00000000000")
                .contains("@");
        assertThat(header(dead.getFirst(), "dead-letter-error")).startsWith("malformed-json: ");
    }

    private static String row(int invoice, String customer, String more) {
        return ("{\"InvoiceNo\":\"53600%d\",\"StockCode\":\"85123A\",\"Description\":\"LAMP\","
                        + "\"Quantity\":6,\"InvoiceDate\":\"12/1/2010 8:26\",\"UnitPrice\":2.55,"
                        + "\"CustomerID\":\"%s\",\"Country\":\"United Kingdom\"%s}")
                .formatted(invoice, customer, more);
    }

    private ConfigurableApplicationContext service() {
        Map<String, String> settings = new HashMap<>(tokens.settings());
        settings.put("server.port", "0");
        settings.put("cartlog.kafka.bootstrap-servers", stack.addresses().kafka());
        settings.put("cartlog.queries.url", "http://127.0.0.1:9");
        settings.put("cartlog.streams.state-dir", folder.resolve("state").toString());
        settings.put("cartlog.kinesis.intake-stream", STREAM);
        settings.put("cartlog.kinesis.endpoint", kinesis.endpoint().toString());
        settings.put("cartlog.kinesis.region", "us-east-1");
        settings.put("cartlog.kinesis.access-key", "local");
        settings.put("cartlog.kinesis.secret-key", "local");
        return SpringApplication.run(
                CommandServiceApplication.class,
                settings.entrySet().stream()
                        .map(it -> "--" + it.getKey() + "=" + it.getValue())
                        .toArray(String[]::new));
    }

    private void put(String account, String json) {
        try (KinesisClient client =
                KinesisClient.builder()
                        .endpointOverride(kinesis.endpoint())
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("local", "local")))
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            client.putRecord(it ->
                    it.streamName(STREAM)
                            .partitionKey(account)
                            .data(SdkBytes.fromUtf8String(json)));
        }
    }

    /// What is in a topic, once it is as wanted.
    private List<ConsumerRecord<byte[], byte[]>> await(
            String topic, Predicate<List<ConsumerRecord<byte[], byte[]>>> wanted) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                stack.addresses().kafka(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, consumer.partitionsFor(topic).size())
                            .mapToObj(it -> new TopicPartition(topic, it))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!wanted.test(found)) {
                assertThat(System.nanoTime()).as("in time: " + found).isLessThan(deadline);
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
