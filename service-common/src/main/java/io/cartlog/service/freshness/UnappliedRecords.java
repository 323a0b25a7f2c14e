package io.cartlog.service.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// The committed records of a topic that somebody has not applied.
final class UnappliedRecords implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int POLLS = 20;

    /// One record of a partition is enough; the broker always gives one whole batch.
    private static final int FETCH_BYTES = 4 * 1024;

    private static final int TIMEOUT_MS = 5_000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    UnappliedRecords(String bootstrapServers, String topic) {
        this.topic = topic;
        this.consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                                FETCH_BYTES,
                                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                TIMEOUT_MS,
                                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                TIMEOUT_MS),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    /// @param applied offset of the next record by partition; 0 for one that is not named
    /// @return the log time of the oldest; null if there is none
    /// @throws TimeoutException if there are some and the broker does not give them in time
    @Nullable Instant oldest(Map<Integer, Long> applied) {
        Map<TopicPartition, Long> ends = behind(applied);
        if (ends.isEmpty()) {
            return null;
        }
        consumer.assign(ends.keySet());
        try {
            ends.keySet().forEach(it -> consumer.seek(it, offset(applied, it)));
            return oldestUpTo(ends);
        } finally {
            consumer.unsubscribe();
        }
    }

    /// Behind the last record there may be marks of transactions, which nobody applies.
    private @Nullable Instant oldestUpTo(Map<TopicPartition, Long> ends) {
        Set<TopicPartition> open = new HashSet<>(ends.keySet());
        Instant oldest = null;
        for (int polls = 0; polls < POLLS && !open.isEmpty(); polls++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Instant time = Instant.ofEpochMilli(record.timestamp());
                oldest = oldest == null || time.isBefore(oldest) ? time : oldest;
                open.remove(new TopicPartition(record.topic(), record.partition()));
            }
            open.removeIf(it -> consumer.position(it) >= ends.getOrDefault(it, 0L));
        }
        if (oldest == null && !open.isEmpty()) {
            throw new TimeoutException("no record of " + open);
        }
        return oldest;
    }

    private Map<TopicPartition, Long> behind(Map<Integer, Long> applied) {
        List<TopicPartition> all =
                consumer.partitionsFor(topic).stream()
                        .map(it -> new TopicPartition(topic, it.partition()))
                        .toList();
        return consumer.endOffsets(all).entrySet().stream()
                .filter(end -> end.getValue() > offset(applied, end.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static long offset(Map<Integer, Long> applied, TopicPartition partition) {
        return applied.getOrDefault(partition.partition(), 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
