package io.cartlog.commands.kinesis;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// How far each shard is taken, in a compacted topic of one partition, beside the commands that
/// were made of it. Whoever the group gives the partition to reads the stream. For one thread.
final class ShardPositions implements AutoCloseable {
    static final String TOPIC = "cart.kinesis-positions";
    private static final String END = "END";
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String stream;
    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;
    private final Map<String, String> positions = new HashMap<>();
    private boolean ours;
    private boolean fresh;

    private ShardPositions(String bootstrapServers, String stream) {
        this.stream = stream;
        this.consumer =
                new KafkaConsumer<>(
                        consumer(bootstrapServers, stream),
                        new StringDeserializer(),
                        new StringDeserializer());
        this.producer =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ProducerConfig.ACKS_CONFIG,
                                "all"),
                        new StringSerializer(),
                        new StringSerializer());
        consumer.subscribe(List.of(TOPIC), new Ownership());
    }

    static ShardPositions open(String bootstrapServers, int replicationFactor, String stream) {
        create(bootstrapServers, (short) replicationFactor);
        return new ShardPositions(bootstrapServers, stream);
    }

    private static void create(String bootstrapServers, short replicationFactor) {
        NewTopic topic =
                new NewTopic(TOPIC, 1, replicationFactor)
                        .configs(
                                Map.of(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        TopicConfig.CLEANUP_POLICY_COMPACT));
        try (Admin admin =
                Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("the topic cannot be created", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", e);
        }
    }

    private static Map<String, Object> consumer(String bootstrapServers, String stream) {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                "cartlog-kinesis-" + stream,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
    }

    /// Whether this instance reads the stream. Has to be asked every few minutes at least, or
    /// another one does.
    boolean isOurs() {
        read(ours ? Duration.ZERO : POLL);
        if (ours && fresh) {
            readToTheEnd();
            fresh = false;
        }
        return ours;
    }

    private void readToTheEnd() {
        List<TopicPartition> partition = List.of(new TopicPartition(TOPIC, 0));
        long end = consumer.endOffsets(partition).values().iterator().next();
        while (ours && consumer.position(partition.getFirst()) < end) {
            read(POLL);
        }
    }

    private void read(Duration patience) {
        for (ConsumerRecord<String, String> record : consumer.poll(patience)) {
            // What comes later is what this instance wrote, and knows.
            if (fresh) {
                positions.put(record.key(), record.value());
            }
        }
    }

    /// The number of the last record that was taken; null if none was.
    @Nullable String of(String shard) {
        return positions.get(key(shard));
    }

    boolean isAtItsEnd(String shard) {
        return END.equals(of(shard));
    }

    void keep(String shard, String sequence) {
        try {
            producer.send(new ProducerRecord<>(TOPIC, key(shard), sequence)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a position was not kept", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keeping a position", e);
        }
        positions.put(key(shard), sequence);
    }

    void keepEnd(String shard) {
        keep(shard, END);
    }

    private String key(String shard) {
        return stream + "/" + shard;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        producer.close(Duration.ofSeconds(5));
    }

    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            if (!assigned.isEmpty()) {
                consumer.seekToBeginning(assigned);
                positions.clear();
                ours = true;
                fresh = true;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            ours = ours && revoked.isEmpty();
        }
    }
}
