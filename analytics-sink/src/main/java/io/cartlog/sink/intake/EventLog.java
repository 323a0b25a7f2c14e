package io.cartlog.sink.intake;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Committed events of some partitions, from a position that the caller names. A group, if it is in
/// one, says which partitions. What goes into a store of ours has its position there; only a reader
/// for others keeps one in the group ([#keep]). For one thread.
public final class EventLog implements AutoCloseable {
    /// Takes what [#poll] reads.
    public interface Reader {
        /// Offered each record before it is decoded.
        ///
        /// @return whether it is taken as it is, and not to be decoded any more
        default boolean takes(int partition, long offset, byte[] value) {
            return false;
        }

        /// Told before [#event], or after [#takes], of a record that has a place in a trace.
        ///
        /// @param traceParent as it stands in the record's header
        default void traced(int partition, long offset, byte[] traceParent) {}

        void event(int partition, long offset, RecordedEvent event);

        void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why);
    }

    private static final int HEARTBEATS_IN_A_SESSION = 4;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<Integer> partitions;
    private boolean reassigned;

    private EventLog(KafkaConsumer<byte[], byte[]> consumer, Set<Integer> partitions) {
        this.consumer = consumer;
        this.partitions = Set.copyOf(partitions);
    }

    /// Opens the log at this position, in the partitions that it names.
    public static EventLog open(String bootstrapServers, Offsets from) {
        Set<Integer> partitions = from.next().keySet();
        EventLog log = new EventLog(consumer(settings(bootstrapServers)), partitions);
        log.consumer.assign(partitions.stream().map(EventLog::partition).toList());
        log.seek(from);
        return log;
    }

    /// Opens the log for one of several readers who share its partitions. Which ones are its own it
    /// learns in [#poll], and then reads none of them until [#seek] has said from where.
    ///
    /// @param partitions all that there are
    /// @param session of a reader that is silent for so long the partitions go to the others
    public static EventLog share(
            String bootstrapServers, Set<Integer> partitions, String group, Duration session) {
        Map<String, Object> settings = new HashMap<>(settings(bootstrapServers));
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(session.toMillis()));
        settings.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                Math.toIntExact(session.toMillis() / HEARTBEATS_IN_A_SESSION));
        EventLog log = new EventLog(consumer(settings), partitions);
        log.consumer.subscribe(List.of(Topics.EVENTS.name()), log.new Sharing());
        return log;
    }

    /// All that this reader reads, or may come to read.
    public Set<Integer> partitions() {
        return partitions;
    }

    /// Whether its partitions are others than at the last [#seek]. What was read since then may be
    /// another reader's by now.
    public boolean isReassigned() {
        return reassigned;
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
        consumer.resume(consumer.paused());
        reassigned = false;
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

    /// Keeps a position in the group, for the reader who comes next.
    ///
    /// @param mark that [#kept] is to find beside it
    /// @throws org.apache.kafka.clients.consumer.CommitFailedException if the partitions are
    ///   another reader's by now
    public void keep(Offsets position, String mark) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        position.next()
                .forEach((p, next) -> offsets.put(partition(p), new OffsetAndMetadata(next, mark)));
        consumer.commitSync(offsets);
    }

    /// The position that was kept in these partitions; their beginning where none was.
    ///
    /// @throws IllegalStateException if one was set without the mark, by a tool or for another log,
    ///   or is beyond the end: nobody can say then what was read
    public Offsets kept(String mark) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        Map<TopicPartition, OffsetAndMetadata> kept = consumer.committed(ends.keySet());
        SortedMap<Integer, Long> position = new TreeMap<>();
        ends.forEach((p, end) -> position.put(p.partition(), kept(mark, p, kept.get(p), end)));
        return new Offsets(position);
    }

    private static long kept(
            String mark, TopicPartition partition, @Nullable OffsetAndMetadata kept, long end) {
        if (kept == null) {
            return 0;
        }
        if (!kept.metadata().equals(mark) || kept.offset() > end) {
            throw new IllegalStateException(
                    ("offset %d of the group in %s was not kept by a reader of this log, which"
                                    + " ends at %d; delete it to begin at the beginning")
                            .formatted(kept.offset(), partition, end));
        }
        return kept.offset();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
    }

    private static void read(ConsumerRecord<byte[], byte[]> raw, Reader reader) {
        if (raw.value() != null && reader.takes(raw.partition(), raw.offset(), raw.value())) {
            tellOfTheTrace(raw, reader);
            return;
        }
        RecordedEvent event;
        try {
            event = decode(raw);
        } catch (UnreadableRecordException e) {
            reader.unreadable(raw, e);
            return;
        }
        tellOfTheTrace(raw, reader);
        reader.event(raw.partition(), raw.offset(), event);
    }

    private static void tellOfTheTrace(ConsumerRecord<byte[], byte[]> raw, Reader reader) {
        Header trace = raw.headers().lastHeader(TraceParent.HEADER);
        if (trace != null && trace.value() != null) {
            reader.traced(raw.partition(), raw.offset(), trace.value());
        }
    }

    private static RecordedEvent decode(ConsumerRecord<byte[], byte[]> raw) {
        if (raw.value() == null) {
            throw new UnreadableRecordException("a record without a value");
        }
        return Topics.EVENTS.values().fromBytes(raw.value());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
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

    /// Keeps what is newly assigned from being read before somebody has said from where.
    private final class Sharing implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            assigned.forEach(p -> consumer.seek(p, 0));
            consumer.pause(assigned);
            reassigned = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            reassigned = true;
        }
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
