package io.cartlog.projection.intake;

import io.cartlog.projection.view.Parked;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the intake of this process has done, for those who watch it.
final class IntakeProgress {
    private final ConcurrentMap<Integer, Long> applied = new ConcurrentHashMap<>();
    private final Counter events;
    private final Counter items;
    private final Counter deadLetters;
    private final Timer delay;
    private final Supplier<List<Parked>> parked;
    private final Clock clock;
    private volatile boolean running;
    private volatile @Nullable String failure;

    /// @param parked accounts that wait in the live version
    IntakeProgress(MeterRegistry meters, Supplier<List<Parked>> parked, Clock clock) {
        this.parked = parked;
        this.clock = clock;
        events = counter(meters, "cartlog.projection.events", "Events applied to views");
        items = counter(meters, "cartlog.projection.items", "Items written, heads not counted");
        deadLetters = counter(meters, "cartlog.projection.unreadable", "Records put aside");
        delay =
                Timer.builder("cartlog.projection.delay")
                        .description("From an event's log time until its view is durable")
                        .publishPercentiles(0.5, 0.99)
                        .register(meters);
        Gauge.builder("cartlog.projection.parked", this, IntakeProgress::parkedAccounts)
                .description("Accounts that wait for a record that cannot be applied")
                .register(meters);
        Gauge.builder("cartlog.projection.parked.age", this, IntakeProgress::parkedSeconds)
                .description("For how long the longest of them has waited; 0 if none does")
                .baseUnit("seconds")
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

    void deadLetter() {
        deadLetters.increment();
    }

    int parkedAccounts() {
        return parked.get().size();
    }

    private double parkedSeconds() {
        Instant now = clock.instant();
        return parked.get().stream()
                .mapToDouble(p -> (double) Duration.between(p.since(), now).toSeconds())
                .max()
                .orElse(0);
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
