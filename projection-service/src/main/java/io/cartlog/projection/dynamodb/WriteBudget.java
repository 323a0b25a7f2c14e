package io.cartlog.projection.dynamodb;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Spreads writes over time: so many a second, in the long run. May be used by several threads.
final class WriteBudget {
    /// What was not used is not kept for longer.
    private static final long SAVED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongAdder spent = new LongAdder();
    private final long perSecond;
    private long nextAt = System.nanoTime();

    /// @param perSecond 0 for as many as there are
    WriteBudget(int perSecond) {
        this.perSecond = perSecond;
    }

    /// Waits until it is these writes' turn.
    void spend(int writes) throws InterruptedException {
        spent.add(writes);
        if (perSecond > 0) {
            TimeUnit.NANOSECONDS.sleep(turn(writes) - System.nanoTime());
        }
    }

    /// Writes so far.
    long spent() {
        return spent.sum();
    }

    private synchronized long turn(int writes) {
        long turn = Math.max(nextAt, System.nanoTime() - SAVED_NANOS);
        nextAt = turn + TimeUnit.SECONDS.toNanos(writes) / perSecond;
        return turn;
    }
}
