package io.cartlog.sink.intake;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Committed events of some partitions, from a position that the caller names. It belongs to no
/// group and keeps no position of its own. For one thread.
public final class EventLog implements AutoCloseable {
    /// Takes what [#poll] reads.
    public interface Reader {
        /// Told before [#event] of a record that has a place in a trace.
        ///
        /// @param traceParent as it stands in the record's header
        default void traced(int partition, long offset, byte[] traceParent) {}

        void event(int partition, long offset, RecordedEvent event);

        void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;

    private EventLog(KafkaConsumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// Opens the log at this position, in the partitions that it names.
    public static EventLog open(String bootstrapServers, Offsets from) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        settings(bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(from.next().keySet().stream().map(EventLog::partition).toList());
        EventLog log = new EventLog(consumer);
        log.seek(from);
        return log;
    }

    /// Reads from one position to another, then stops.
    ///
    /// @param to not beyond the end of the log
    public static void readAll(
            String bootstrapServers, Offsets from, Offsets to, Runnable eachPoll, Reader reader) {
        Reader bounded = until(to, reader);
        try (EventLog log = open(bootstrapServers, from)) {
            while (!log.position().covers(to)) {
                log.poll(Duration.ofSeconds(1), bounded);
                eachPoll.run();
            }
        }
    }

    public void seek(Offsets position) {
        position.next().forEach((p, offset) -> consumer.seek(partition(p), offset));
    }

    /// Reads what there is, or waits for it.
    ///
    /// @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the log does not have
    ///   the position any more
    public void poll(Duration patience, Reader reader) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
        for (ConsumerRecord<byte[], byte[]> raw : records) {
            read(raw, reader);
        }
    }

    /// Where the next record is expected: behind what [#poll] gave, and behind the marks of
    /// transactions and the aborted records that it passed over.
    public Offsets position() {
        SortedMap<Integer, Long> position = new TreeMap<>();
        consumer.assignment().forEach(p -> position.put(p.partition(), consumer.position(p)));
        return new Offsets(position);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }

    private static void read(ConsumerRecord<byte[], byte[]> raw, Reader reader) {
        RecordedEvent event;
        try {
            event = decode(raw);
        } catch (UnreadableRecordException e) {
            reader.unreadable(raw, e);
            return;
        }
        Header trace = raw.headers().lastHeader(TraceParent.HEADER);
        if (trace != null && trace.value() != null) {
            reader.traced(raw.partition(), raw.offset(), trace.value());
        }
        reader.event(raw.partition(), raw.offset(), event);
    }

    private static RecordedEvent decode(ConsumerRecord<byte[], byte[]> raw) {
        if (raw.value() == null) {
            throw new UnreadableRecordException("a record without a value");
        }
        return Topics.EVENTS.values().fromBytes(raw.value());
    }

    private static TopicPartition partition(int partition) {
        return new TopicPartition(Topics.EVENTS.name(), partition);
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
                5_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                4 << 20);
    }

    private static Reader until(Offsets to, Reader reader) {
        return new Reader() {
            @Override
            public void event(int partition, long offset, RecordedEvent event) {
                if (offset < to.of(partition)) {
                    reader.event(partition, offset, event);
                }
            }

            @Override
            public void unreadable(
                    ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
                if (raw.offset() < to.of(raw.partition())) {
                    reader.unreadable(raw, why);
                }
            }
        };
    }
}
