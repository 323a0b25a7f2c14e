package io.cartlog.sink.intake;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics as wholes: that they exist, and where they end.
public final class LogTopics implements AutoCloseable {
    private static final Map<String, String> KEPT_FOR_EVER =
            Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    private static final Map<String, String> AND_STAMPED_BY_THE_BROKER =
            Map.of(
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1",
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime");
    private static final Set<String> KEYED_BY_ACCOUNT =
            Set.of(
                    Topics.COMMANDS.name(),
                    Topics.EVENTS.name(),
                    Topics.REPLIES.name(),
                    Topics.CLICKS.name());

    private final Admin admin;

    public LogTopics(String bootstrapServers) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /// Creates the topics that the sink touches if they are absent.
    ///
    /// @throws IllegalStateException if the topics keyed by account differ in partitions
    public void ensure(int partitions, short replicationFactor) {
        create(topic(Topics.EVENTS.name(), partitions, replicationFactor));
        create(topic(Topics.DEAD_LETTERS, 1, replicationFactor));
        create(
                new NewTopic(Topics.CLICKS.name(), partitions, replicationFactor)
                        .configs(AND_STAMPED_BY_THE_BROKER));
        Map<String, Integer> counts = partitionCounts();
        if (Set.copyOf(counts.values()).size() != 1) {
            throw new IllegalStateException(
                    "the topics keyed by account differ in partitions: " + counts);
        }
    }

    /// The partitions of the event log.
    public Set<Integer> partitions() {
        int count = partitionCounts().getOrDefault(Topics.EVENTS.name(), 0);
        return IntStream.range(0, count).boxed().collect(Collectors.toSet());
    }

    /// Names this event log, and no other that ever has its name.
    public String id() {
        return answer(admin.describeTopics(Set.of(Topics.EVENTS.name())).allTopicNames())
                .values()
                .iterator()
                .next()
                .topicId()
                .toString();
    }

    private static NewTopic topic(String name, int partitions, short replicationFactor) {
        return new NewTopic(name, partitions, replicationFactor).configs(KEPT_FOR_EVER);
    }

    /// The end of what is committed in these partitions of the event log.
    public Offsets end(Set<Integer> partitions) {
        return end(Topics.EVENTS.name(), partitions);
    }

    /// The end of these partitions of the clicks.
    public Offsets endOfClicks(Set<Integer> partitions) {
        return end(Topics.CLICKS.name(), partitions);
    }

    private Offsets end(String topic, Set<Integer> partitions) {
        Map<TopicPartition, OffsetSpec> ask =
                partitions.stream()
                        .collect(
                                Collectors.toMap(
                                        p -> new TopicPartition(topic, p),
                                        _ -> OffsetSpec.latest()));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                answer(admin.listOffsets(ask, committed).all());
        SortedMap<Integer, Long> next = new TreeMap<>();
        ends.forEach((p, end) -> next.put(p.partition(), end.offset()));
        return new Offsets(next);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private void create(NewTopic topic) {
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Map<String, Integer> partitionCounts() {
        Set<String> present =
                answer(admin.listTopics().names()).stream()
                        .filter(KEYED_BY_ACCOUNT::contains)
                        .collect(Collectors.toSet());
        return answer(admin.describeTopics(present).allTopicNames()).values().stream()
                .collect(Collectors.toMap(TopicDescription::name, d -> d.partitions().size()));
    }

    private static <T> T answer(KafkaFuture<T> asked) {
        try {
            return asked.get();
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException failure(ExecutionException e) {
        return new IllegalStateException("the broker refused: " + e.getCause(), e.getCause());
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while asking the broker", e);
    }
}
