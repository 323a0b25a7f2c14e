package io.cartlog.cli.limits;

import io.cartlog.cli.terminal.CommandFailedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Records of an event's size, produced in transactions, as the decider does.
final class KafkaLimit {
    private static final int PARTITIONS = 4;
    private static final int RECORD_BYTES = 250;
    private static final int PER_TRANSACTION = 2_000;

    private KafkaLimit() {}

    static Limit measure(String bootstrapServers, Duration time) {
        String topic = "cartlog.limits." + UUID.randomUUID();
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
            try {
                return produce(bootstrapServers, topic, time);
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the limit of Kafka could not be measured: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }

    private static Limit produce(String bootstrapServers, String topic, Duration time) {
        long sent = 0;
        try (Producer<byte[], byte[]> producer = producer(bootstrapServers, topic)) {
            producer.initTransactions();
            byte[] value = new byte[RECORD_BYTES];
            long start = System.nanoTime();
            while (System.nanoTime() - start < time.toNanos()) {
                producer.beginTransaction();
                for (int i = 0; i < PER_TRANSACTION; i++) {
                    // The commit fails if this does.
                    Future<?> _ = producer.send(new ProducerRecord<>(topic, key(sent + i), value));
                }
                producer.commitTransaction();
                sent += PER_TRANSACTION;
            }
            String what =
                    "%d-byte records in transactions of %,d"
                            .formatted(RECORD_BYTES, PER_TRANSACTION);
            return Limit.of("kafka", what, "records", sent, System.nanoTime() - start);
        }
    }

    private static Producer<byte[], byte[]> producer(String bootstrapServers, String topic) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic,
                        ProducerConfig.LINGER_MS_CONFIG, 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static byte[] key(long number) {
        return Long.toString(number % 5_000).getBytes(StandardCharsets.UTF_8);
    }
}
