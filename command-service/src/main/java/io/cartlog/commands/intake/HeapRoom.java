package io.cartlog.commands.intake;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Room for what the decider remembers in memory: its state grows with every command, and a heap
/// that is full of it answers ever less and neither heals nor ends. So nothing more is taken before
/// it comes to that. State on disk leaves the heap alone.
public final class HeapRoom {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(HeapRoom.class);

    private final double limit;
    private final DoubleSupplier used;
    private final Runnable collection;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLook;

    /// @param limit part of the heap above which it is full, above 0 and up to 1
    /// @param used part of the heap that its last full collection left in use; 0 before the first
    /// @param collection collects the heap
    /// @throws IllegalArgumentException if the limit is none
    HeapRoom(double limit, DoubleSupplier used, Runnable collection, LongSupplier nanoTime) {
        if (!(limit > 0 && limit <= 1)) {
            throw new IllegalArgumentException(
                    "cartlog.limits.heap must be above 0 and at most 1, such as 0.85");
        }
        this.limit = limit;
        this.used = used;
        this.collection = collection;
        this.nanoTime = nanoTime;
        this.nextLook = new AtomicLong(nanoTime.getAsLong());
    }

    /// What lives long: the pools for which the JVM offers a threshold.
    public static HeapRoom ofThisProcess(double limit) {
        List<MemoryPoolMXBean> pools =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
                        .filter(MemoryPoolMXBean::isUsageThresholdSupported)
                        .toList();
        return new HeapRoom(limit, () -> used(pools), System::gc, System::nanoTime);
    }

    private static double used(List<MemoryPoolMXBean> pools) {
        long used = 0;
        long most = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage != null) {
                used += usage.getUsed();
                most += Math.max(0, usage.getMax());
            }
        }
        return most == 0 ? 0 : (double) used / most;
    }

    /// What the last full collection left in use, as a part of the limit: above 1, commands are
    /// refused. 0 before the first collection.
    public double filled() {
        return used.getAsDouble() / limit;
    }

    /// A heap that is full is collected every minute: with nothing new to remember, nothing else
    /// would show that what was remembered is forgotten.
    ///
    /// @throws ProblemException if the heap is full
    void check() {
        if (filled() <= 1) {
            return;
        }
        long due = nextLook.get();
        long now = nanoTime.getAsLong();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + LOOK_AGAIN.toNanos())) {
            collection.run();
            if (filled() <= 1) {
                return;
            }
            LOG.atError()
                    .addKeyValue("filled", filled())
                    .addKeyValue("limit", limit)
                    .log("commands are refused, for the heap is full of what is remembered");
        }
        throw new ProblemException(Problem.deciderFull(limit));
    }
}
