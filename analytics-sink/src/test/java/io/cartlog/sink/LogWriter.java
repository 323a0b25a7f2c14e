package io.cartlog.sink;

import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.intake.LogTopics;
import io.cartlog.sink.row.Offsets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Writes to the log as the decider does: in transactions. Remembers what is in it.
final class LogWriter implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final LogTopics topics;
    private final List<RecordedEvent> committed = Collections.synchronizedList(new ArrayList<>());

    LogWriter(String bootstrapServers) {
        topics = new LogTopics(bootstrapServers);
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
        List<Future<RecordMetadata>> sent = send(events);
        producer.commitTransaction();
        awaitReadable(sent);
        committed.addAll(events);
    }

    /// As the decider does for a command that somebody follows.
    void write(RecordedEvent event, byte[] traceParent) {
        ProducerRecord<byte[], byte[]> record = record(event);
        record.headers().add("traceparent", traceParent);
        producer.beginTransaction();
        Future<RecordMetadata> sent = producer.send(record);
        producer.commitTransaction();
        awaitReadable(List.of(sent));
        committed.add(event);
    }

    void writeAndAbort(Collection<RecordedEvent> events) {
        producer.beginTransaction();
        send(events);
        producer.flush();
        producer.abortTransaction();
    }

    /// @return the offset
    long writeBytes(int partition, byte[] value) {
        return writeBytes(partition, List.of(value));
    }

    /// @return the offset of the last one
    long writeBytes(int partition, List<byte[]> values) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent =
                values.stream()
                        .map(v ->
                                new ProducerRecord<byte[], byte[]>(
                                        Topics.EVENTS.name(), partition, null, v))
                        .map(producer::send)
                        .toList();
        producer.commitTransaction();
        awaitReadable(sent);
        return sent.getLast().resultNow().offset();
    }

    @Override
    public void close() {
        producer.close();
        topics.close();
    }

    private List<Future<RecordMetadata>> send(Collection<RecordedEvent> events) {
        return events.stream().map(event -> producer.send(record(event))).toList();
    }

    /// A commit is answered before its markers are in the partitions, and what has no marker yet is
    /// not part of the log for those who read what is committed.
    private void awaitReadable(List<Future<RecordMetadata>> sent) {
        Offsets behind =
                Offsets.of(
                        sent.stream()
                                .map(Future::resultNow)
                                .collect(
                                        Collectors.toMap(
                                                RecordMetadata::partition,
                                                record -> record.offset() + 1,
                                                Math::max)));
        World.await(
                "the transaction can be read",
                () -> topics.end(behind.next().keySet()).covers(behind));
    }

    private static ProducerRecord<byte[], byte[]> record(RecordedEvent event) {
        return new ProducerRecord<>(
                Topics.EVENTS.name(),
                event.account().value().getBytes(StandardCharsets.UTF_8),
                Topics.EVENTS.values().toBytes(event));
    }
}
