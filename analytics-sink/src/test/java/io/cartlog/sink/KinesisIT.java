package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.service.kinesis.LocalKinesis;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.kinesis.RelaySettings;
import io.cartlog.sink.kinesis.StreamRelay;
import io.cartlog.sink.kinesis.UnsteadyRelay;
import io.cartlog.sink.row.Offsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The relay and a stream that speaks Kinesis' own protocol.
@ExtendWith(Stack.class)
@SuppressWarnings("NullAway.Init")
class KinesisIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STREAM = "events";

    private static LocalKinesis kinesis;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Optional<Path> program = LocalKinesis.program();
        if (program.isPresent()) {
            kinesis = LocalKinesis.start(program.get(), folder, STREAM + ":2");
        }
    }

    @BeforeEach
    void needsAStream() {
        assumeTrue(kinesis != null, "skipped: " + LocalKinesis.HOW_TO_GET_IT);
    }

    @AfterAll
    static void stop() {
        if (kinesis != null) {
            kinesis.close();
        }
    }

    // S0-27
    @Test
    void every_event_is_in_the_stream_an_accounts_in_their_order_over_failures_and_a_restart(
            World world) {
        keep(world, world.end(), world.topics.id());
        List<String> accounts = List.of(world.account(), world.account(), world.account());
        write(world, accounts, 1, 40);
        try (StreamRelay relay = UnsteadyRelay.to(settings(), log(world), world.topics.id(), 7)) {
            relay.start();
            World.await("the first are relayed", () -> relay.events() >= 120);
            assertThat(relay.retries()).isPositive();
        }
        write(world, accounts, 41, 60);
        try (StreamRelay relay = relay(world)) {
            relay.start();
            World.await("the rest is relayed", () -> relay.events() >= 60);
            assertThat(relay.failure()).isNull();
        }

        Map<String, List<JsonNode>> found = found();

        for (String account : accounts) {
            List<JsonNode> events = found.getOrDefault(account, List.of());
            assertThat(events)
                    .extracting(event -> event.get("version").asLong())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
            assertThat(events.getFirst().propertyNames())
                    .contains("event_id", "event_type", "kafka_partition", "kafka_offset");
        }
    }

    @Test
    void an_offset_that_no_relay_of_this_log_has_kept_is_not_taken_for_one(World world) {
        Offsets beyond =
                Offsets.of(
                        world.topics.partitions().stream()
                                .collect(Collectors.toMap(p -> p, _ -> Long.MAX_VALUE / 2)));

        assertRefused(world, world.end(), "");
        assertRefused(world, world.end(), "the log before this one");
        assertRefused(world, beyond, world.topics.id());
        keep(world, world.end(), world.topics.id());
        write(world, List.of(world.account()), 1, 1);
        try (StreamRelay relay = relay(world)) {
            relay.start();
            World.await("it is relayed", () -> relay.events() == 1);
            assertThat(relay.failure()).isNull();
        }
    }

    private static void assertRefused(World world, Offsets offsets, String mark) {
        keep(world, offsets, mark);
        try (StreamRelay relay = relay(world)) {
            relay.start();
            World.await("it is refused", () -> relay.failure() != null);
            assertThat(relay.failure()).contains("was not kept by a reader of this log");
            assertThat(relay.events()).isZero();
        }
    }

    @Test
    void without_an_offset_it_begins_at_the_beginning(World world) {
        try (EventLog log = given(world)) {
            assertThat(log.kept(world.topics.id()).next())
                    .hasSize(world.topics.partitions().size());
            assertThat(log.kept(world.topics.id()).sum()).isZero();
        }
    }

    /// Of what is in the log, a test's relay takes only what comes after this.
    private static void keep(World world, Offsets position, String mark) {
        try (EventLog log = given(world)) {
            log.keep(position, mark);
        }
    }

    /// The log with all of its partitions.
    private static EventLog given(World world) {
        EventLog log = log(world);
        World.await(
                "the partitions are given",
                () -> {
                    log.poll(Duration.ofMillis(100), new Nobody());
                    return log.isReassigned();
                });
        return log;
    }

    /// Nothing is read before a position is named.
    private record Nobody() implements EventLog.Reader {
        @Override
        public void event(int partition, long offset, RecordedEvent event) {
            throw new AssertionError("read at " + offset);
        }

        @Override
        public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
            throw new AssertionError("read", why);
        }
    }

    private static void write(World world, List<String> accounts, long from, long to) {
        List<RecordedEvent> events = new ArrayList<>();
        for (long version = from; version <= to; version++) {
            for (String account : accounts) {
                events.add(SampleEvents.recorded(account, version, SampleEvents.added(1)));
            }
        }
        world.log.write(events);
    }

    private static EventLog log(World world) {
        return EventLog.share(
                world.addresses.kafka(),
                world.topics.partitions(),
                world.group() + "-kinesis",
                Duration.ofSeconds(6));
    }

    private static StreamRelay relay(World world) {
        return StreamRelay.to(settings(), log(world), world.topics.id());
    }

    private static RelaySettings settings() {
        return new RelaySettings(STREAM, kinesis.endpoint(), "us-east-1", "local", "local");
    }

    /// The stream's lines by their partition key, in its order.
    private static Map<String, List<JsonNode>> found() {
        Map<String, List<JsonNode>> found = new LinkedHashMap<>();
        try (KinesisClient client = client()) {
            for (Shard shard : client.listShards(it -> it.streamName(STREAM)).shards()) {
                for (Record record : records(client, shard)) {
                    record.data()
                            .asUtf8String()
                            .lines()
                            .map(JSON::readTree)
                            .forEach(line ->
                                    found.computeIfAbsent(
                                                    record.partitionKey(), _ -> new ArrayList<>())
                                            .add(line));
                }
            }
        }
        return found;
    }

    private static List<Record> records(KinesisClient client, Shard shard) {
        String iterator =
                client.getShardIterator(it ->
                                it.streamName(STREAM)
                                        .shardId(shard.shardId())
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        List<Record> records = new ArrayList<>();
        while (true) {
            String here = iterator;
            GetRecordsResponse page = client.getRecords(it -> it.shardIterator(here));
            records.addAll(page.records());
            if (page.records().isEmpty()) {
                return records;
            }
            iterator = page.nextShardIterator();
        }
    }

    private static KinesisClient client() {
        return KinesisClient.builder()
                .endpointOverride(kinesis.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
