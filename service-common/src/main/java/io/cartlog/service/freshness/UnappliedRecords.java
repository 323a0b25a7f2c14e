package io.cartlog.service.freshness;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
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
    private final Admin admin;
    private final String topic;
    private final OpenTransactions open = new OpenTransactions();

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
        this.admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                TIMEOUT_MS,
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                TIMEOUT_MS));
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

    /// Behind an open transaction nothing is given to anybody, so what comes there is applied by
    /// nobody.
    ///
    /// @return since when the transaction is seen that is open longest; null if none is
    /// @throws InterruptedException if interrupted while the broker is asked
    @Nullable Instant blockedSince(Instant now) throws InterruptedException {
        List<TopicPartition> all = partitions();
        return open.longest(consumer.endOffsets(all), ends(all), now);
    }

    /// Of everything that was written, committed or not.
    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions)
            throws InterruptedException {
        try {
            return admin
                    .listOffsets(
                            partitions.stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Function.identity(),
                                                    it -> OffsetSpec.latest())),
                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
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
        return consumer.endOffsets(partitions()).entrySet().stream()
                .filter(end -> end.getValue() > offset(applied, end.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
    }

    private static long offset(Map<Integer, Long> applied, TopicPartition partition) {
        return applied.getOrDefault(partition.partition(), 0L);
    }

    @Override
    public void close() {
        consumer.close();
        admin.close(Duration.ofMillis(TIMEOUT_MS));
    }
}
