package io.cartlog.commands.streams;

import io.cartlog.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics that are absent and checks what the decider relies on in those that exist.
public final class TopicSetup {
    private static final String FOR_EVER = "-1";
    private static final String WEEK = Long.toString(7L * 24 * 3_600_000);
    private static final String HOUR = Integer.toString(3_600_000);
    private static final String TEN_MINUTES = Integer.toString(600_000);
    private static final Map<String, String> LOG_TIME =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    private static final List<String> ALIKE =
            List.of(
                    Topics.COMMANDS.name(),
                    Topics.EVENTS.name(),
                    Topics.REPLIES.name(),
                    Topics.CLICKS.name());

    private final Admin admin;
    private final int partitions;
    private final short replicationFactor;

    public TopicSetup(Admin admin, int partitions, int replicationFactor) {
        this.admin = admin;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
    }

    /// @return how many partitions each topic has
    /// @throws IllegalStateException if the topics are not as the decider needs them
    public int prepare() throws InterruptedException {
        createAbsent();
        checkLogTime();
        return checkedPartitions();
    }

    private void createAbsent() throws InterruptedException {
        List<NewTopic> topics =
                List.of(
                        topic(Topics.COMMANDS.name(), partitions, WEEK, LOG_TIME),
                        topic(Topics.EVENTS.name(), partitions, FOR_EVER, Map.of()),
                        topic(
                                Topics.REPLIES.name(),
                                partitions,
                                HOUR,
                                Map.of(TopicConfig.SEGMENT_MS_CONFIG, TEN_MINUTES)),
                        topic(Topics.CLICKS.name(), partitions, FOR_EVER, LOG_TIME),
                        topic(Topics.DEAD_LETTERS, 1, FOR_EVER, Map.of()));
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new IllegalStateException("the topics cannot be created", e.getCause());
                }
            }
        }
    }

    private NewTopic topic(String name, int count, String retention, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, retention);
        settings.put(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
        return new NewTopic(name, count, replicationFactor).configs(settings);
    }

    /// The time of a command must be the broker's, or clients could turn back the clock.
    private void checkLogTime() throws InterruptedException {
        ConfigResource commands =
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.COMMANDS.name());
        Config config =
                Objects.requireNonNull(
                        present(admin.describeConfigs(List.of(commands)).all()).get(commands));
        String type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
        if (!"LogAppendTime".equals(type)) {
            throw new IllegalStateException(
                    "topic " + Topics.COMMANDS.name() + " has " + type + ", needs LogAppendTime");
        }
    }

    private int checkedPartitions() throws InterruptedException {
        Map<String, Integer> counts = new TreeMap<>();
        for (TopicDescription topic :
                present(admin.describeTopics(ALIKE).allTopicNames()).values()) {
            counts.put(topic.name(), topic.partitions().size());
        }
        if (counts.values().stream().distinct().count() != 1) {
            throw new IllegalStateException(
                    "the topics must have the same number of partitions, but have " + counts);
        }
        return counts.values().iterator().next();
    }

    private static <T> T present(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics cannot be read", e.getCause());
        }
    }
}
