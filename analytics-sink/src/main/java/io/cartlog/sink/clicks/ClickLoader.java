package io.cartlog.sink.clicks;

import io.cartlog.sink.intake.DeadLetters;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes clicks from their topic into the warehouse, each once.
///
/// The position is nowhere but in the warehouse, and moves with the rows. Whatever goes wrong on
/// the way (a warehouse that is away, a commit whose answer is lost, a faster loader), it drops
/// what it has in hand and begins there again.
public final class ClickLoader implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ClickLoader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Set<Integer> partitions;
    private final ClickTopic topic;
    private final DeadLetters deadLetters;
    private final ClickWarehouse warehouse;
    private final Runnable prepare;
    private final long mostNanos;
    private final Thread thread = Thread.ofPlatform().name("clicks").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int waiting;
    private boolean closing;
    private ClickLedger ledger = ClickLedger.EMPTY;
    private @Nullable String failure;

    /// @param partitions that this loader reads
    /// @param prepare makes sure that the warehouse has its tables
    /// @param age longest time from the first unsaved click to its load
    public ClickLoader(
            String bootstrapServers,
            Set<Integer> partitions,
            ClickWarehouse warehouse,
            Runnable prepare,
            Duration age) {
        this.partitions = Set.copyOf(partitions);
        this.topic = ClickTopic.open(bootstrapServers, startOf(partitions));
        this.deadLetters = new DeadLetters(bootstrapServers);
        this.warehouse = warehouse;
        this.prepare = prepare;
        this.mostNanos = age.toNanos();
    }

    private static Offsets startOf(Set<Integer> partitions) {
        return Offsets.of(
                partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> 0L)));
    }

    public void start() {
        thread.start();
    }

    /// What the warehouse has, as the loader saw it last.
    public ClickLedger ledger() {
        return locked(() -> ledger);
    }

    /// What keeps the loader from going on; null when nothing does.
    public @Nullable String failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /// Loads without delay until the warehouse holds the topic up to `target`.
    ///
    /// @param target not beyond the end of the topic, in partitions that this loader reads
    /// @return whether it does
    public boolean awaitLoaded(Offsets target, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        waiting++;
        try {
            while (!ledger.offsets().covers(target) && nanos > 0 && !closing) {
                nanos = changed.awaitNanos(nanos);
            }
            return ledger.offsets().covers(target);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    /// Stops. What is not loaded is dropped: it is still in the topic.
    @Override
    public void close() {
        change(() -> closing = true);
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        topic.close();
        deadLetters.close();
    }

    private void run() {
        while (isOpen()) {
            try {
                follow();
            } catch (PositionMovedException e) {
                LOGGER.atInfo().setCause(e).log("clicks were loaded by another sink");
            } catch (RuntimeException e) {
                change(() -> failure = e.toString());
                LOGGER.atWarn().setCause(e).log("clicks are not loaded; trying again");
                pause();
            } catch (Error e) {
                change(() -> failure = "stopped for good: " + e);
                throw e;
            }
        }
    }

    private void follow() {
        prepare.run();
        warehouse.begin(partitions);
        see(warehouse.ledger());
        Offsets from = ledger().offsets().in(topic.position());
        topic.seek(from);
        ClickBatch batch = new ClickBatch(from, deadLetters);
        while (isOpen()) {
            topic.poll(POLL, batch);
            Offsets position = topic.position();
            if (isDue(batch, position)) {
                deadLetters.flush();
                see(warehouse.load(batch, position));
                batch = new ClickBatch(position, deadLetters);
            }
        }
    }

    /// Whether there is anything to load, and it is much, or old, or somebody waits for it.
    private boolean isDue(ClickBatch batch, Offsets position) {
        long age = batch.age(position);
        return age > 0 && (batch.isFull() || age > mostNanos || locked(() -> waiting > 0));
    }

    private void see(ClickLedger now) {
        change(() -> {
            ledger = now;
            failure = null;
        });
    }

    private boolean isOpen() {
        return locked(() -> !closing);
    }

    private <T> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pause() {
        long nanos = PAUSE.toNanos();
        lock.lock();
        try {
            while (!closing && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
