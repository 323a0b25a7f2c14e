package io.cartlog.cli.log;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Reads `cart.events`, committed records only, without joining a group.
final class EventLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String TOPIC = Topics.EVENTS.name();
    private final Consumer<byte[], byte[]> consumer;
    private final byte @Nullable [] account;

    /// @param account whose events alone are wanted
    EventLog(String bootstrapServers, @Nullable AccountId account) {
        this.account = account == null ? null : account.value().getBytes(StandardCharsets.UTF_8);
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                10_000),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /// Everything that is there now, one partition after the other, as long as `wanted` agrees.
    void read(long from, Predicate<LogRecord> wanted) {
        List<TopicPartition> partitions = partitions();
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            seek(List.of(partition), from);
            if (!readTo(partition, ends.getOrDefault(partition, 0L), wanted)) {
                return;
            }
        }
    }

    private boolean readTo(TopicPartition partition, long end, Predicate<LogRecord> wanted) {
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                if (message.offset() < end && !offer(message, wanted)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Everything from there on, and then what comes, as long as `wanted` agrees.
    void follow(long from, Predicate<LogRecord> wanted) {
        seek(partitions(), from);
        boolean more = true;
        while (more) {
            for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
                more = more && offer(message, wanted);
            }
        }
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(TOPIC).stream()
                .map(info -> new TopicPartition(TOPIC, info.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private void seek(List<TopicPartition> partitions, long from) {
        consumer.assign(partitions);
        consumer.beginningOffsets(partitions)
                .forEach((partition, first) -> consumer.seek(partition, Math.max(first, from)));
    }

    private boolean offer(ConsumerRecord<byte[], byte[]> message, Predicate<LogRecord> wanted) {
        return (account != null && !Arrays.equals(account, message.key()))
                || wanted.test(decoded(message));
    }

    private static LogRecord decoded(ConsumerRecord<byte[], byte[]> message) {
        int partition = message.partition();
        long offset = message.offset();
        if (message.value() == null) {
            return new LogRecord.Unreadable(partition, offset, "a record without a value");
        }
        try {
            return new LogRecord.Event(
                    partition, offset, Topics.EVENTS.values().fromBytes(message.value()));
        } catch (UnreadableRecordException e) {
            return new LogRecord.Unreadable(partition, offset, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
