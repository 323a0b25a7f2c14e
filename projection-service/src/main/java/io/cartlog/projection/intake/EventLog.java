package io.cartlog.projection.intake;

import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics as a whole: that they are there, which log it is, and where it ends.
final class EventLog implements LogExtent, AutoCloseable {
    private static final String EVENTS = Topics.EVENTS.name();
    private static final Map<String, String> FOR_EVER =
            Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

    private final Admin admin;
    private final TopicSettings settings;

    EventLog(Admin admin, TopicSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /// Creates what is absent of the topics that this service touches.
    ///
    /// @throws IllegalStateException if the topics that are keyed by account have different numbers
    ///   of partitions
    void prepare() {
        create(new NewTopic(EVENTS, settings.partitions(), settings.replicationFactor()));
        create(new NewTopic(Topics.DEAD_LETTERS, 1, settings.replicationFactor()));
        checkPartitions();
    }

    private void create(NewTopic topic) {
        if (find(topic.name()).isPresent()) {
            return;
        }
        try {
            admin.createTopics(List.of(topic.configs(FOR_EVER))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed("create " + topic.name(), e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void checkPartitions() {
        Map<String, Integer> partitions = new TreeMap<>();
        for (String name : List.of(Topics.COMMANDS.name(), EVENTS, Topics.REPLIES.name())) {
            find(name).ifPresent(topic -> partitions.put(name, topic.partitions().size()));
        }
        if (partitions.values().stream().distinct().count() > 1) {
            throw new IllegalStateException(
                    "topics must have the same number of partitions, but they have " + partitions);
        }
    }

    private Optional<TopicDescription> find(String name) {
        try {
            return Optional.ofNullable(
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failed("describe " + name, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public String id() {
        return find(EVENTS).orElseThrow().topicId().toString();
    }

    @Override
    public Map<Integer, Long> ends() {
        try {
            return committedEnds();
        } catch (KafkaException e) {
            throw new HistoryUnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private Map<Integer, Long> committedEnds() {
        int partitions = find(EVENTS).orElseThrow().partitions().size();
        Map<TopicPartition, OffsetSpec> wanted =
                IntStream.range(0, partitions)
                        .mapToObj(p -> new TopicPartition(EVENTS, p))
                        .collect(Collectors.toMap(tp -> tp, _ -> OffsetSpec.latest()));
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        Map<Integer, Long> ends = new HashMap<>();
        get("ends of " + EVENTS, admin.listOffsets(wanted, committed).all())
                .forEach((tp, info) -> ends.put(tp.partition(), offset(info)));
        return ends;
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }

    private static <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static KafkaException failed(String what, ExecutionException e) {
        return new KafkaException("cannot " + what + ": " + e.getCause(), e.getCause());
    }

    private static KafkaException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new InterruptException(e);
    }

    @Override
    public void close() {
        admin.close();
    }
}
