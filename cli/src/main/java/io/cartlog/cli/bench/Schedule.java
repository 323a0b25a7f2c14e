package io.cartlog.cli.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// When each request is to be sent, whatever became of those before it (an open model): a server
/// that stalls meets all requests of the stall, and each of them counts from when it was due.
public final class Schedule {
    /// What [#next] says when all has been sent.
    static final long OVER = -1;

    private final long startNanos;
    private final long endNanos;
    private final double nanosEach;
    private final AtomicLong taken = new AtomicLong();
    private volatile boolean ended;

    /// @param perSecond requests; 0 for each as soon as the sender is free
    public Schedule(double perSecond, double seconds) {
        this.startNanos = System.nanoTime();
        this.endNanos = startNanos + (long) (seconds * 1e9);
        this.nanosEach = perSecond == 0 ? 0 : 1e9 / perSecond;
    }

    /// Nothing is sent any more, not even what was due before and could not be sent in time.
    public void end() {
        ended = true;
    }

    /// Waits until the next request is due and says when that was, in [System#nanoTime], or
    /// [#OVER].
    long next() {
        if (nanosEach == 0) {
            long now = System.nanoTime();
            return ended || now >= endNanos ? OVER : now;
        }
        long due = startNanos + (long) (taken.getAndIncrement() * nanosEach);
        if (ended || due >= endNanos) {
            return OVER;
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }
}
