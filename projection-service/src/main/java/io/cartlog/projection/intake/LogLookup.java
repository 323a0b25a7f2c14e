package io.cartlog.projection.intake;

import io.cartlog.projection.view.Place;
import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Looks things up in the log and among the dead letters, outside of any group.
final class LogLookup {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final TopicPartition LETTERS = new TopicPartition(Topics.DEAD_LETTERS, 0);

    private final String bootstrapServers;

    LogLookup(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /// What is done with the records that were found together.
    interface Part {
        void take(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;
    }

    /// Empty if no record stands there.
    Optional<ConsumerRecord<byte[], byte[]>> at(Place place) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer(1)) {
            int partitions = consumer.partitionsFor(Topics.EVENTS.name()).size();
            boolean known = place.partition() >= 0 && place.partition() < partitions;
            if (known) {
                TopicPartition tp = assign(consumer, place.partition());
                long end = Math.min(place.offset() + 1, end(consumer, tp));
                if (place.offset() >= first(consumer, tp)) {
                    read(consumer, tp, place.offset(), end, found::addAll);
                }
            }
        }
        return found.stream().findFirst();
    }

    /// Gives all committed records from a place to the end of its partition.
    ///
    /// @return the end
    long readOn(Place from, Part part) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = consumer(5_000)) {
            TopicPartition tp = assign(consumer, from.partition());
            long end = end(consumer, tp);
            read(consumer, tp, from.offset(), end, part);
            return end;
        }
    }

    /// The last dead letters.
    List<ConsumerRecord<byte[], byte[]>> letters(int most) throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer(most)) {
            consumer.assign(List.of(LETTERS));
            long end = end(consumer, LETTERS);
            long from = Math.max(first(consumer, LETTERS), end - most);
            read(consumer, LETTERS, from, end, letters::addAll);
        }
        return letters;
    }

    private static TopicPartition assign(Consumer<byte[], byte[]> consumer, int partition) {
        TopicPartition tp = new TopicPartition(Topics.EVENTS.name(), partition);
        consumer.assign(List.of(tp));
        return tp;
    }

    private static long first(Consumer<byte[], byte[]> consumer, TopicPartition tp) {
        return consumer.beginningOffsets(List.of(tp)).getOrDefault(tp, 0L);
    }

    private static long end(Consumer<byte[], byte[]> consumer, TopicPartition tp) {
        return consumer.endOffsets(List.of(tp)).getOrDefault(tp, 0L);
    }

    private static void read(
            Consumer<byte[], byte[]> consumer, TopicPartition tp, long from, long end, Part part)
            throws InterruptedException {
        consumer.seek(tp, from);
        long movedAt = System.nanoTime();
        while (consumer.position(tp) < end) {
            long before = consumer.position(tp);
            List<ConsumerRecord<byte[], byte[]>> found = consumer.poll(POLL).records(tp);
            part.take(found.stream().filter(record -> record.offset() < end).toList());
            if (consumer.position(tp) > before) {
                movedAt = System.nanoTime();
            } else if (System.nanoTime() - movedAt > SILENCE.toNanos()) {
                throw new KafkaException("no answer of the log within " + SILENCE);
            }
        }
    }

    private Consumer<byte[], byte[]> consumer(int records) {
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
                        records),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
