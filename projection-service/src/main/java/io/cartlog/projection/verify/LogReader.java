package io.cartlog.projection.verify;

import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads `cart.events` from end to end, outside of any group.
public final class LogReader {
    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;

    public LogReader(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// @param from the first offset
    /// @param to the offset after the last
    record Range(long from, long to) {
        long length() {
            return to - from;
        }
    }

    /// All committed records of this moment, by partition.
    Map<Integer, Range> whole() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer);
            Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> to = consumer.endOffsets(partitions);
            Map<Integer, Range> whole = new TreeMap<>();
            partitions.forEach(tp ->
                    whole.put(
                            tp.partition(),
                            new Range(from.getOrDefault(tp, 0L), to.getOrDefault(tp, 0L))));
            return whole;
        }
    }

    /// Gives every record of the ranges, each partition's in order.
    ///
    /// @param done is told how many offsets have been passed
    void read(
            Map<Integer, Range> ranges,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            Consumer<Long> done) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> open =
                    partitions(consumer).stream()
                            .filter(tp -> range(ranges, tp).length() > 0)
                            .toList();
            consumer.assign(open);
            open.forEach(tp -> consumer.seek(tp, range(ranges, tp).from()));
            while (!consumer.paused().containsAll(open)) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    TopicPartition tp = new TopicPartition(found.topic(), found.partition());
                    if (found.offset() < range(ranges, tp).to()) {
                        records.accept(found);
                    }
                }
                done.accept(pauseFinished(consumer, open, ranges));
            }
        }
    }

    private static long pauseFinished(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> open,
            Map<Integer, Range> ranges) {
        long passed = 0;
        for (TopicPartition tp : open) {
            Range range = range(ranges, tp);
            long position = Math.min(consumer.position(tp), range.to());
            passed += position - range.from();
            if (position == range.to()) {
                consumer.pause(List.of(tp));
            }
        }
        return passed;
    }

    private static Range range(Map<Integer, Range> ranges, TopicPartition tp) {
        return ranges.getOrDefault(tp.partition(), new Range(0, 0));
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(Topics.EVENTS.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
