package io.cartlog.sink;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes to the log as the decider does: in transactions. Remembers what is in it.
final class LogWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<RecordedEvent> committed = Collections.synchronizedList(new ArrayList<>());

    LogWriter(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "transactional.id", "test"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        producer.initTransactions();
    }

    /// Every event that was ever committed to the log.
    List<RecordedEvent> committed() {
        return List.copyOf(committed);
    }

    void write(Collection<RecordedEvent> events) {
        producer.beginTransaction();
        events.forEach(this::send);
        producer.commitTransaction();
        committed.addAll(events);
    }

    /// As the decider does for a command that somebody follows.
    void write(RecordedEvent event, byte[] traceParent) {
        ProducerRecord<byte[], byte[]> record = record(event);
        record.headers().add("traceparent", traceParent);
        producer.beginTransaction();
        var _ = producer.send(record);
        producer.commitTransaction();
        committed.add(event);
    }

    void writeAndAbort(Collection<RecordedEvent> events) {
        producer.beginTransaction();
        events.forEach(this::send);
        producer.flush();
        producer.abortTransaction();
    }

    /// @return the offset
    long writeBytes(int partition, byte[] value) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        var sent =
                producer.send(new ProducerRecord<>(Topics.EVENTS.name(), partition, null, value));
        producer.commitTransaction();
        return sent.get().offset();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(RecordedEvent event) {
        var _ = producer.send(record(event));
    }

    private static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        return new ProducerRecord<>(
                Topics.EVENTS.name(),
                event.account().value().getBytes(StandardCharsets.UTF_8),
                Topics.EVENTS.values().toBytes(event));
    }
}
