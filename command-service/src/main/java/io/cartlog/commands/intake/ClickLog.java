package io.cartlog.commands.intake;

import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts clicks into the log. A click is answered once all replicas have it; sent twice, it stands
/// there twice and counts once.
public final class ClickLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClickLog.class);

    private final IntakeSettings settings;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaClientMetrics metrics;
    private final Semaphore room;

    public ClickLog(String bootstrapServers, IntakeSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.producer = producer(bootstrapServers, Math.toIntExact(settings.timeout().toMillis()));
        this.metrics = new KafkaClientMetrics(producer);
        this.metrics.bindTo(meters);
        this.room = new Semaphore(settings.maxInFlight());
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, int millis) {
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

    /// The right to send some clicks; give it back when they are confirmed, or given up.
    final class Slots implements AutoCloseable {
        private final int count;

        private Slots(int count) {
            this.count = count;
        }

        /// Sends a click without waiting.
        Pending send(Click click) {
            return ClickLog.this.send(click);
        }

        Patience patience() {
            return new Patience(settings.timeout());
        }

        @Override
        public void close() {
            room.release(count);
        }
    }

    /// A click on its way into the log.
    record Pending(CompletableFuture<Boolean> written) {
        /// @throws ProblemException if the log has not confirmed it in time
        void await(Patience patience) {
            try {
                written.get(patience.leftNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.atDebug().setCause(e).log("a click is not confirmed");
                throw new ProblemException(Problem.clickNotConfirmed());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProblemException(Problem.clickNotConfirmed());
            }
        }
    }

    /// @throws ProblemException if too many clicks are under way
    Slots reserve(int count) {
        if (!room.tryAcquire(count)) {
            throw new ProblemException(Problem.tooManyInFlight());
        }
        return new Slots(count);
    }

    private Pending send(Click click) {
        CompletableFuture<Boolean> written = new CompletableFuture<>();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        Topics.CLICKS.name(),
                        click.account().value().getBytes(StandardCharsets.UTF_8),
                        Topics.CLICKS.values().toBytes(click));
        try {
            var _ =
                    producer.send(
                            record,
                            (_, error) -> {
                                if (error == null) {
                                    written.complete(true);
                                } else {
                                    written.completeExceptionally(error);
                                }
                            });
        } catch (KafkaException | IllegalStateException e) {
            written.completeExceptionally(e);
        }
        return new Pending(written);
    }

    @Override
    public void close() {
        producer.close(settings.timeout());
        metrics.close();
    }
}
