package io.cartlog.commands.streams;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Says when a stream thread is to end its transaction.
///
/// Answers wait for that end, so it should come soon; but whatever a commit costs, nothing is
/// decided while it lasts. Kafka Streams knows a fixed interval only: with 5 ms, a cold broker
/// whose commits took 40 to 70 ms got 30 commands a second through. So a thread that has more to
/// decide goes on for twice as long as its last commit took, and then commits; one that has nothing
/// more commits after 10 ms. A command that comes after a pause is committed at once.
///
/// Each thread has a pace of its own, for it has a producer of its own.
final class CommitPace {
    /// How long is decided for each part of the last commit's time.
    private static final int DECIDING = 2;

    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final ThreadLocal<Transaction> transactions = ThreadLocal.withInitial(Transaction::new);

    /// @param nanoTime [System#nanoTime], or a test's
    CommitPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// A command has been decided on this thread.
    void decided() {
        Transaction current = transactions.get();
        current.open = true;
        current.idle = false;
    }

    /// The thread has asked for more commands and there were none.
    void idle() {
        transactions.get().idle = true;
    }

    /// Whether something was decided since the last commit and nobody has asked for the next one.
    boolean isOpen() {
        Transaction current = transactions.get();
        return current.open && !current.asked;
    }

    /// Whether nothing was decided since the last commit, so that nobody waits for the next one.
    boolean isQuiet() {
        return !transactions.get().open;
    }

    /// Whether it is time to ask for a commit; says yes once for each.
    boolean isDue() {
        Transaction current = transactions.get();
        long now = nanoTime.getAsLong();
        if (!isOpen() || now - current.endedAt < current.shortest()) {
            return false;
        }
        current.asked = true;
        current.askedAt = now;
        return true;
    }

    /// The thread's transaction is being committed, whoever asked for it: its records are sent.
    void sending() {
        Transaction current = transactions.get();
        if (current.open && !current.asked) {
            current.asked = true;
            current.askedAt = nanoTime.getAsLong();
        }
    }

    /// The thread's transaction has been committed.
    void committed() {
        Transaction current = transactions.get();
        long now = nanoTime.getAsLong();
        current.took = current.asked ? now - current.askedAt : 0;
        current.endedAt = now;
        current.open = false;
        current.asked = false;
    }

    private final class Transaction {
        private boolean open;
        private boolean idle;
        private boolean asked;
        private long askedAt;
        private long endedAt = nanoTime.getAsLong() - LEAST_NANOS;
        private long took;

        private long shortest() {
            return idle ? LEAST_NANOS : Math.max(LEAST_NANOS, DECIDING * took);
        }
    }
}
