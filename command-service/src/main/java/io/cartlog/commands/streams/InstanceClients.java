package io.cartlog.commands.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/// The clients of Kafka Streams, with transactional ids that stay the same over restarts of an
/// instance.
///
/// Streams itself draws a new id at each start when no store is on disk. Then the transaction that
/// a killed process left open blocks its partitions until the broker times it out. With the same
/// id, the restarted instance ends it at once.
final class InstanceClients implements KafkaClientSupplier {
    /// A command ends this wait, whenever it comes.
    private static final Duration QUIET_POLL = Duration.ofMillis(100);

    private final String instance;
    private final CommitPace pace;

    /// @param instance of this process, unlike that of any other
    /// @param pace is told of every commit
    InstanceClients(String instance, CommitPace pace) {
        this.instance = instance;
        this.pace = pace;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        Map<String, Object> stable = new HashMap<>(config);
        stable.computeIfPresent(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, (name, id) -> transactionalId((String) id));
        return new KafkaProducer<>(stable, new ByteArraySerializer(), new ByteArraySerializer()) {
            @Override
            public void flush() {
                pace.sending();
                super.flush();
            }

            @Override
            public void commitTransaction() {
                super.commitTransaction();
                pace.committed();
            }
        };
    }

    /// @param drawn ends in `-` and the number of the thread
    private String transactionalId(String drawn) {
        return instance + drawn.substring(drawn.lastIndexOf('-'));
    }

    /// Streams' own waits are short so that it looks often whether a commit is due. While none can
    /// be, it would go round for nothing: two idle threads took a fifth of a core.
    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
                boolean longer = patience.isPositive() && pace.isQuiet();
                ConsumerRecords<byte[], byte[]> more = super.poll(longer ? QUIET_POLL : patience);
                if (more.isEmpty()) {
                    pace.idle();
                }
                return more;
            }
        };
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }
}
