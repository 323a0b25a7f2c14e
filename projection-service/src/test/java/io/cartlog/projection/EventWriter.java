package io.cartlog.projection;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes events into the log as the decider does: keyed by account, in transactions.
public final class EventWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;

    public EventWriter(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                "test-" + UUID.randomUUID()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    public void write(List<RecordedEvent> events) {
        producer.beginTransaction();
        for (RecordedEvent event : events) {
            send(event.account().value(), Topics.EVENTS.values().toBytes(event));
        }
        producer.commitTransaction();
    }

    /// Leaves the transaction open; [#close] aborts it.
    void writeOpen(List<RecordedEvent> events) {
        producer.beginTransaction();
        for (RecordedEvent event : events) {
            send(event.account().value(), Topics.EVENTS.values().toBytes(event));
        }
        producer.flush();
    }

    /// As the decider does for a command that somebody follows.
    public void write(List<RecordedEvent> events, byte[] traceParent) {
        producer.beginTransaction();
        for (RecordedEvent event : events) {
            ProducerRecord<byte[], byte[]> record =
                    record(event.account().value(), Topics.EVENTS.values().toBytes(event));
            record.headers().add("traceparent", traceParent);
            var _ = producer.send(record);
        }
        producer.commitTransaction();
    }

    public void writeGarbage(String key, byte[] value) {
        writeGarbage(List.of(key), value);
    }

    /// The same for each of these keys.
    public void writeGarbage(List<String> keys, byte[] value) {
        producer.beginTransaction();
        keys.forEach(key -> send(key, value));
        producer.commitTransaction();
    }

    /// Leaves records in the log that no reader may see.
    public void writeAndAbort(List<RecordedEvent> events) {
        producer.beginTransaction();
        for (RecordedEvent event : events) {
            send(event.account().value(), Topics.EVENTS.values().toBytes(event));
        }
        producer.flush();
        producer.abortTransaction();
    }

    private void send(String key, byte[] value) {
        var _ = producer.send(record(key, value));
    }

    private static ProducerRecord<byte[], byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(
                Topics.EVENTS.name(), key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public void close() {
        producer.close();
    }
}
