package io.cartlog.commands.streams;

import io.cartlog.commands.cart.CartDecider;
import io.cartlog.commands.cart.CartLimits;
import io.cartlog.service.tracing.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// The running topology. An error that Kafka Streams cannot heal stops it for good and is told to
/// `onFailure`; nothing is ever skipped.
public final class CartStreams implements SmartLifecycle {
    /// Started before those who wait for replies, stopped after them.
    public static final int PHASE = 0;

    static final String APPLICATION_ID = "cart-decider";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(CartStreams.class);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private volatile boolean running;

    /// @param instance number of this process among those of the service; no two have the same
    /// @param onFailure called once, on a thread of Kafka Streams, with what stopped it
    public CartStreams(
            String bootstrapServers,
            int replicationFactor,
            int instance,
            StreamsSettings settings,
            CartLimits limits,
            Keeping keeping,
            Tracing tracing,
            MeterRegistry meters,
            Consumer<Throwable> onFailure) {
        Properties properties = properties(bootstrapServers, replicationFactor, instance, settings);
        CommitPace pace = new CommitPace(System::nanoTime);
        streams =
                new KafkaStreams(
                        CartTopology.of(
                                new CartDecider(limits), keeping, settings.store(), pace, tracing),
                        properties,
                        new InstanceClients(APPLICATION_ID + "-" + instance, pace));
        streams.setUncaughtExceptionHandler(error -> {
            LOG.error("the decider has failed and stops", error);
            onFailure.accept(error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters);
    }

    static Properties properties(
            String bootstrapServers,
            int replicationFactor,
            int instance,
            StreamsSettings settings) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.STATE_DIR_CONFIG, Objects.toString(settings.stateDir()));
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        answerSoon(p, settings);
        comeBackSoon(p, instance);
        return p;
    }

    /// A command waits for its transaction, so transactions are short; [CommitPace] ends them.
    private static void answerSoon(Properties p, StreamsSettings settings) {
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        p.put(StreamsConfig.POLL_MS_CONFIG, 2);
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        sendWithTheCommit(p);
        beginInOrder(p);
    }

    /// Nobody sees a record before its transaction is committed, so none is sent before: the flush
    /// of the commit sends all of them in one request, and all its partitions join the transaction
    /// at once. Sent as they came, they took six requests a transaction, each with partitions that
    /// the coordinator had to write down first: two thirds of the time of a commit.
    private static void sendWithTheCommit(Properties p) {
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 1_000);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 * 1024);
    }

    /// While the markers of the last transaction are still being written, the broker refuses the
    /// first batch of the next one (`CONCURRENT_TRANSACTIONS`). Batches sent behind it are then out
    /// of order and refused too, and all of them are tried again with growing pauses: a busy broker
    /// stood still for 20 seconds. One request at a time and short pauses avoid it.
    private static void beginInOrder(Properties p) {
        p.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                1);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 2);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), 20);
    }

    /// A killed instance that starts again takes its old place in the group at once, because it has
    /// the same name; one that stays away is replaced after the session timeout.
    private static void comeBackSoon(Properties p, int instance) {
        p.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                Integer.toString(instance));
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    }

    @Override
    public void start() {
        running = true;
        streams.start();
    }

    @Override
    public void stop() {
        streams.close(
                CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(CLOSE_TIMEOUT));
        metrics.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// `RUNNING` when every command is decided as it comes.
    public State state() {
        return streams.state();
    }
}
