package io.cartlog.commands.intake;

import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A bucket of tokens for each account: a request takes one, and they come back with time. A bucket
/// that is full again is like one that was never there, and is thrown away.
final class AccountRates {
    private static final long SWEEP_NANOS = Duration.ofSeconds(10).toNanos();

    private final RateSettings settings;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<AccountId, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    /// @param tokens that were left at the time
    /// @param granted whether the last request got one
    private record Bucket(double tokens, long nanos, boolean granted) {}

    AccountRates(RateSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.nextSweep = new AtomicLong(nanoTime.getAsLong() + SWEEP_NANOS);
    }

    /// @throws ProblemException if the account has sent too many requests
    void take(AccountId account) {
        long now = nanoTime.getAsLong();
        sweep(now);
        Bucket left =
                buckets.compute(
                        account, (_, bucket) -> taken(bucket == null ? full(now) : bucket, now));
        if (!left.granted()) {
            throw new ProblemException(
                    Problem.tooManyRequests(settings.perSecond(), settings.burst()));
        }
    }

    private Bucket full(long now) {
        return new Bucket(settings.burst(), now, true);
    }

    private Bucket taken(Bucket bucket, long now) {
        double tokens = tokens(bucket, now);
        return tokens >= 1 ? new Bucket(tokens - 1, now, true) : new Bucket(tokens, now, false);
    }

    private double tokens(Bucket bucket, long now) {
        double seconds = (now - bucket.nanos()) / 1e9;
        return Math.min(settings.burst(), bucket.tokens() + seconds * settings.perSecond());
    }

    private void sweep(long now) {
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            buckets.values().removeIf(bucket -> tokens(bucket, now) >= settings.burst());
        }
    }

    /// Buckets that are kept.
    int size() {
        return buckets.size();
    }
}
