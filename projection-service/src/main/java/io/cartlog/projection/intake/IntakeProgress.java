package io.cartlog.projection.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// What the intake of this process has done, for those who watch it.
final class IntakeProgress {
    private final ConcurrentMap<Integer, Long> applied = new ConcurrentHashMap<>();
    private final Counter events;
    private final Counter items;
    private final Counter unreadable;
    private final Timer delay;
    private volatile boolean running;
    private volatile @Nullable String failure;

    IntakeProgress(MeterRegistry meters) {
        events = counter(meters, "cartlog.projection.events", "Events applied to views");
        items = counter(meters, "cartlog.projection.items", "Items written, heads not counted");
        unreadable = counter(meters, "cartlog.projection.unreadable", "Records to dead letters");
        delay =
                Timer.builder("cartlog.projection.delay")
                        .description("From an event's log time until its view is durable")
                        .publishPercentiles(0.5, 0.99)
                        .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder(name).description(description).register(meters);
    }

    void started() {
        running = true;
    }

    void stopped() {
        running = false;
    }

    void failed(String coordinates) {
        failure = coordinates;
        running = false;
    }

    void applied(int partition, long offset) {
        applied.put(partition, offset);
    }

    void revoked(Collection<Integer> partitions) {
        partitions.forEach(applied::remove);
    }

    void wrote(long eventCount, long itemCount) {
        events.increment((double) eventCount);
        items.increment((double) itemCount);
    }

    void visible(Instant recordedAt, Instant now) {
        delay.record(Duration.between(recordedAt, now));
    }

    void unreadable() {
        unreadable.increment();
    }

    boolean isRunning() {
        return running;
    }

    /// Where and why the intake has stopped for good; null if it has not.
    @Nullable String failure() {
        return failure;
    }

    /// Offsets of the next record by partition that this process reads.
    Map<Integer, Long> applied() {
        return Map.copyOf(applied);
    }

    long eventsApplied() {
        return (long) events.count();
    }

    long itemsWritten() {
        return (long) items.count();
    }
}
