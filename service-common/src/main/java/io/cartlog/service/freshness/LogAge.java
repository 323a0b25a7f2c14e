package io.cartlog.service.freshness;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How old what a store shows is: 0 while it has all of the log, else the age of the oldest record
/// that it has not.
///
/// It looks each second, in a thread of its own, so that a store that takes nothing any more, or
/// whose writer has stopped, grows old visibly. While the log cannot be asked, the age counts from
/// the last time that it could: nobody can say that nothing has come since. While a transaction
/// stays open, all that is written behind it counts as not had since that was seen.
public final class LogAge implements AutoCloseable {
    /// Offsets of the next record by partition that a store has not; those that it has not begun
    /// may be left out.
    @FunctionalInterface
    public interface Applied {
        Map<Integer, Long> offsets() throws InterruptedException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogAge.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    /// So old may a look be that found nothing, and so long a transaction open.
    private static final Duration GRACE = Duration.ofSeconds(10);

    private record Look(Instant at, @Nullable Instant oldest) {}

    private final String store;
    private final String bootstrapServers;
    private final String topic;
    private final Applied applied;
    private final Clock clock;
    private final Thread thread;
    private volatile Look last;

    /// @param store names the thread and tags the gauge `cartlog.freshness`
    public LogAge(
            String store, String bootstrapServers, String topic, Applied applied, Clock clock) {
        this.store = store;
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.applied = applied;
        this.clock = clock;
        this.last = new Look(clock.instant(), null);
        this.thread = Thread.ofPlatform().daemon().name("age-of-" + store).unstarted(this::run);
    }

    /// Looks from now on, and tells the registry.
    public LogAge start(MeterRegistry meters) {
        Gauge.builder("cartlog.freshness", this, age -> (double) age.now().toMillis() / 1000)
                .description("Age of the oldest event that the store has not; 0 if it has all")
                .baseUnit("seconds")
                .tag("store", store)
                .register(meters);
        thread.start();
        return this;
    }

    public Duration now() {
        Look look = last;
        Instant now = clock.instant();
        if (look.oldest != null) {
            return positive(Duration.between(look.oldest, now));
        }
        Duration since = Duration.between(look.at, now);
        return since.compareTo(GRACE) <= 0 ? Duration.ZERO : since;
    }

    private static Duration positive(Duration age) {
        return age.isNegative() ? Duration.ZERO : age;
    }

    private void run() {
        try (UnappliedRecords records = new UnappliedRecords(bootstrapServers, topic)) {
            while (true) {
                look(records);
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.atDebug().setCause(e).log("ends");
        }
    }

    private void look(UnappliedRecords records) throws InterruptedException {
        try {
            Instant at = clock.instant();
            last =
                    new Look(
                            at,
                            earlier(
                                    records.oldest(applied.offsets()),
                                    stuck(records.blockedSince(at), at)));
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            // Nothing is lost but a look: the age grows from the last one.
            LOG.atDebug().addKeyValue("store", store).setCause(e).log("the age cannot be seen");
        }
    }

    /// A transaction is open for a moment all the time.
    private static @Nullable Instant stuck(@Nullable Instant since, Instant now) {
        boolean recent = since == null || Duration.between(since, now).compareTo(GRACE) <= 0;
        return recent ? null : since;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return Stream.of(one, other)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
