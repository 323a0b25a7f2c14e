package io.cartlog.projection.history;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Arrivals.Expected;
import io.cartlog.projection.view.History;
import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// History out of the index and the log.
final class LoggedHistory implements History {
    /// Pointers that are held at once while a long history is read.
    private static final int PART = 1_000;

    private final EventIndex index;
    private final IndexTail tail;
    private final LogReaders readers;
    private final Followers followers;
    private final Arrivals arrivals;

    LoggedHistory(
            EventIndex index,
            IndexTail tail,
            LogReaders readers,
            Followers followers,
            Arrivals arrivals) {
        this.index = index;
        this.tail = tail;
        this.readers = readers;
        this.followers = followers;
        this.arrivals = arrivals;
    }

    @Override
    public long latest(AccountId account) {
        return index.latest(account);
    }

    @Override
    public Optional<Instant> recordedAt(AccountId account, long version) {
        return index.find(account, version).map(p -> Instant.ofEpochMilli(p.recordedAt()));
    }

    /// Log time never goes back within an account: the broker stamps commands in their order.
    @Override
    public long versionAt(AccountId account, Instant moment) {
        long before = 0;
        long after = latest(account) + 1;
        while (after - before > 1) {
            long middle = before + (after - before) / 2;
            if (recordedAt(account, middle).orElseThrow().isAfter(moment)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return before;
    }

    @Override
    public boolean await(AccountId account, long version, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Expected expected = arrivals.expect(account, version)) {
            boolean known = latest(account) >= version || expected.await(left(deadline));
            boolean whole = tail.caughtUp().await(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
            if (tail.failure() != null) {
                throw new HistoryUnavailableException("the log is no longer read", tail.failure());
            }
            return known && whole;
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public void read(AccountId account, long from, long to, Consumer<RecordedEvent> events) {
        long next = from;
        while (next <= to) {
            List<Pointer> part = index.range(account, next, to, PART);
            long last = next + part.size() - 1;
            if (part.isEmpty() || part.getLast().version() != last) {
                throw new IllegalStateException(
                        "the index lacks a version of account " + account + " from " + next);
            }
            readers.read(part, events);
            next = last + 1;
        }
    }

    @Override
    public Subscription follow(AccountId account, Consumer<RecordedEvent> events) {
        return followers.add(account, events);
    }
}
