package io.cartlog.sink.clicks;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Clicks of some partitions, from a position that the caller names. It belongs to no group and
/// keeps no position of its own. For one thread.
final class ClickTopic implements AutoCloseable {
    /// Takes what [#poll] reads.
    interface Reader {
        void click(ClickRow row);

        void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;

    private ClickTopic(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Opens the topic at this position, in the partitions that it names.
    static ClickTopic open(String bootstrapServers, Offsets from) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings(bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(from.next().keySet().stream().map(ClickTopic::partition).toList());
        ClickTopic topic = new ClickTopic(consumer);
        topic.seek(from);
        return topic;
    }

    void seek(Offsets position) {
        position.next().forEach((p, offset) -> consumer.seek(partition(p), offset));
    }

    /// Reads what there is, or waits for it.
    ///
    /// @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the topic does not
    ///   have the position any more
    void poll(Duration patience, Reader reader) {
        for (ConsumerRecord<byte[], byte[]> raw : consumer.poll(patience)) {
            read(raw, reader);
        }
    }

    /// Where the next record is expected.
    Offsets position() {
        SortedMap<Integer, Long> position = new TreeMap<>();
        consumer.assignment().forEach(p -> position.put(p.partition(), consumer.position(p)));
        return new Offsets(position);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }

    private static void read(ConsumerRecord<byte[], byte[]> raw, Reader reader) {
        Click click;
        try {
            click = decode(raw);
        } catch (UnreadableRecordException e) {
            reader.unreadable(raw, e);
            return;
        }
        Instant recordedAt = Instant.ofEpochMilli(raw.timestamp());
        reader.click(ClickRow.of(raw.partition(), raw.offset(), recordedAt, click));
    }

    private static Click decode(ConsumerRecord<byte[], byte[]> raw) {
        if (raw.value() == null) {
            throw new UnreadableRecordException("a record without a value");
        }
        return Topics.CLICKS.values().fromBytes(raw.value());
    }

    private static TopicPartition partition(int partition) {
        return new TopicPartition(Topics.CLICKS.name(), partition);
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000);
    }
}
