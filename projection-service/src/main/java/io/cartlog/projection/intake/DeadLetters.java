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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts copies of records aside that cannot be applied. One that is read again after a crash may be
/// put aside again.
final class DeadLetters implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    static final String READER = "projection-service";

    private final Producer<byte[], byte[]> producer;
    private final IntakeProgress progress;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    DeadLetters(Producer<byte[], byte[]> producer, IntakeProgress progress) {
        this.producer = producer;
        this.progress = progress;
    }

    synchronized void send(ConsumerRecord<byte[], byte[]> record, String error) {
        LOG.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("error", error)
                .log("a record that cannot be applied goes to the dead letters");
        progress.deadLetter();
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
    synchronized void flush() throws InterruptedException {
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
