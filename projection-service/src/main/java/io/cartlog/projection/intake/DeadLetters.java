package io.cartlog.projection.intake;

import io.cartlog.schemas.topic.DeadLetter;
import io.cartlog.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/// Puts records aside that nobody can read. One that is read again after a crash is put aside
/// again.
final class DeadLetters implements AutoCloseable {
    static final String READER = "projection-service";

    private final Producer<byte[], byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    DeadLetters(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    void send(ConsumerRecord<byte[], byte[]> record, String error) {
        DeadLetter letter =
                new DeadLetter(record.topic(), record.partition(), record.offset(), READER, error);
        ProducerRecord<byte[], byte[]> copy =
                new ProducerRecord<>(Topics.DEAD_LETTERS, record.key(), record.value());
        letter.headers().forEach((name, value) -> copy.headers().add(name, value));
        sent.add(producer.send(copy));
    }

    /// Waits until the broker has all of them.
    ///
    /// @throws KafkaException if it does not take one
    void flush() throws InterruptedException {
        for (Future<RecordMetadata> letter : sent) {
            try {
                letter.get();
            } catch (ExecutionException e) {
                throw new KafkaException("cannot write to " + Topics.DEAD_LETTERS, e.getCause());
            }
        }
        sent.clear();
    }

    @Override
    public void close() {
        producer.close();
    }
}
