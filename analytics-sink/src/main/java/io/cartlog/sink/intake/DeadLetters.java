package io.cartlog.sink.intake;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Where unreadable records go, unchanged, with their coordinates. A part of the log that is read
/// again sends them again; the coordinates tell.
public final class DeadLetters implements AutoCloseable {
    private static final String READER = "analytics-sink";

    private final KafkaProducer<byte[], byte[]> producer;
    private final Queue<Future<RecordMetadata>> sent = new ArrayDeque<>();

    public DeadLetters(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    public void send(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
        DeadLetter letter =
                new DeadLetter(
                        raw.topic(),
                        raw.partition(),
                        raw.offset(),
                        READER,
                        Objects.toString(why.getMessage()));
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.DEAD_LETTERS, raw.key(), raw.value());
        letter.headers().forEach((name, value) -> record.headers().add(name, value));
        sent.add(producer.send(record));
    }

    /// Returns when every letter is in its topic. Before that the position must not move.
    ///
    /// @throws IllegalStateException if one is not
    public void flush() {
        try {
            while (!sent.isEmpty()) {
                sent.remove().get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a dead letter was not written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while writing a dead letter", e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
