package io.cartlog.commands.intake;

import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.TraceParent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Puts commands into the log and brings back their replies, which come on a partition that this
/// instance alone reads. Each command carries a mark of its own, so that two requests with the same
/// idempotency key get each its own answer.
public final class PendingReplies implements SmartLifecycle {
    /// Header of a command, and so of its reply: 8 bytes that name the request.
    private static final String MARK = "request-mark";

    private static final int PHASE = 100;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(PendingReplies.class);

    private final IntakeSettings settings;
    private final HeapRoom room;
    private final Consumer<Throwable> onFailure;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<KafkaClientMetrics> metrics;
    private final ConcurrentMap<Long, PendingReply> waiting = new ConcurrentHashMap<>();
    private final AtomicLong nextMark = new AtomicLong(new SecureRandom().nextLong());
    private final Semaphore slots;
    private final byte[] replyPartition;
    private final CountDownLatch positioned = new CountDownLatch(1);
    private final Thread listener = new Thread(this::listen, "replies");
    private volatile boolean running;

    /// @param room for what will be remembered of commands
    /// @param onFailure called with what ended the reading of replies, other than [#stop]
    public PendingReplies(
            String bootstrapServers,
            IntakeSettings settings,
            HeapRoom room,
            MeterRegistry meters,
            Consumer<Throwable> onFailure) {
        this.settings = settings;
        this.room = room;
        this.onFailure = onFailure;
        this.producer = producer(bootstrapServers, settings.timeout());
        this.consumer = consumer(bootstrapServers);
        this.slots = new Semaphore(settings.maxInFlight());
        this.replyPartition =
                ByteBuffer.allocate(Integer.BYTES).putInt(settings.replyPartition()).array();
        this.metrics = List.of(new KafkaClientMetrics(producer), new KafkaClientMetrics(consumer));
        metrics.forEach(m -> m.bindTo(meters));
        meters.gauge("cartlog.commands.in.flight", waiting, Map::size);
    }

    /// Whatever comes while a request is under way goes into the next one, so a lonely command
    /// leaves at once, and many leave together: each request costs the broker, and the decider that
    /// fetches after it, as much as dozens of records do.
    private static KafkaProducer<byte[], byte[]> producer(
            String bootstrapServers, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 * 1024,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        millis,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        millis,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        millis),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "latest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /// The right to send some commands; give it back when their replies are there.
    final class Slots implements AutoCloseable {
        private final int count;

        private Slots(int count) {
            this.count = count;
        }

        /// Sends a command without waiting. Commands sent by one thread are decided in that order.
        ///
        /// @param trace where the request stands in its trace, as a header; null if nobody follows
        PendingReply send(CommandEnvelope command, byte @Nullable [] trace) {
            return PendingReplies.this.send(command, trace);
        }

        Patience patience() {
            return new Patience(settings.timeout());
        }

        /// How long a request waits at most.
        Duration timeout() {
            return settings.timeout();
        }

        @Override
        public void close() {
            slots.release(count);
        }
    }

    /// @throws ProblemException if too many commands are under way, or there is no room for more
    Slots reserve(int count) {
        room.check();
        if (!slots.tryAcquire(count)) {
            throw new ProblemException(Problem.tooManyInFlight());
        }
        return new Slots(count);
    }

    private PendingReply send(CommandEnvelope command, byte @Nullable [] trace) {
        long mark = nextMark.incrementAndGet();
        PendingReply pending = new PendingReply(() -> waiting.remove(mark));
        waiting.put(mark, pending);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.COMMANDS.name(),
                        command.account().value().getBytes(StandardCharsets.UTF_8),
                        Topics.COMMANDS.values().toBytes(command));
        record.headers().add(Topics.REPLY_PARTITION, replyPartition);
        record.headers().add(MARK, ByteBuffer.allocate(Long.BYTES).putLong(mark).array());
        if (trace != null) {
            record.headers().add(TraceParent.HEADER, trace);
        }
        try {
            var _ = producer.send(record, (_, error) -> sent(pending, error));
        } catch (KafkaException | IllegalStateException e) {
            pending.notSent(e);
        }
        return pending;
    }

    private static void sent(PendingReply pending, @Nullable Exception error) {
        if (error == null) {
            pending.written();
        } else {
            pending.notSent(error);
        }
    }

    @Override
    public void start() {
        running = true;
        listener.start();
        try {
            if (!positioned.await(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the replies cannot be read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", e);
        }
    }

    private void listen() {
        TopicPartition partition =
                new TopicPartition(Topics.REPLIES.name(), settings.replyPartition());
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            positioned.countDown();
            while (running) {
                consumer.poll(POLL).forEach(this::deliver);
            }
        } catch (WakeupException e) {
            LOG.info("replies are no longer read");
        } catch (RuntimeException e) {
            running = false;
            LOG.error("replies can no longer be read", e);
            onFailure.accept(e);
        }
    }

    /// A reply that nobody waits for belongs to a request that gave up, or to another process.
    private void deliver(ConsumerRecord<byte[], byte[]> record) {
        Header mark = record.headers().lastHeader(MARK);
        if (mark == null || mark.value() == null || mark.value().length != Long.BYTES) {
            return;
        }
        PendingReply pending = waiting.remove(ByteBuffer.wrap(mark.value()).getLong());
        if (pending != null) {
            pending.arrived(record.value());
        }
    }

    @Override
    public void stop() {
        running = false;
        consumer.wakeup();
        producer.close(settings.timeout());
        metrics.forEach(KafkaClientMetrics::close);
        try {
            listener.join(settings.timeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /// Whether every reply from now on will be seen.
    public boolean isPositioned() {
        return running && positioned.getCount() == 0;
    }
}
