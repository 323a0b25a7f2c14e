package io.cartlog.projection.view;

import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Who waits for which version of an account. Whoever brings a version wakes those who wait for it,
/// and nobody else: a wait costs nothing until then.
///
/// A version that arrived before it was expected wakes nobody, so one expects it first, then looks
/// whether it is there, and only then waits.
public final class Arrivals {
    private final ConcurrentMap<AccountId, Set<Expected>> waiting = new ConcurrentHashMap<>();

    /// Somebody's wait; closed in any case.
    public final class Expected implements AutoCloseable {
        private final AccountId account;
        private final long version;
        private final CountDownLatch arrival = new CountDownLatch(1);

        private Expected(AccountId account, long version) {
            this.account = account;
            this.version = version;
        }

        /// @return false if it has not arrived in time
        public boolean await(Duration patience) throws InterruptedException {
            return arrival.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            waiting.computeIfPresent(
                    account,
                    (_, all) -> {
                        all.remove(this);
                        return all.isEmpty() ? null : all;
                    });
        }
    }

    public Expected expect(AccountId account, long version) {
        Expected expected = new Expected(account, version);
        waiting.compute(
                account,
                (_, all) -> {
                    Set<Expected> others = all == null ? new HashSet<>() : all;
                    others.add(expected);
                    return others;
                });
        return expected;
    }

    /// Wakes who waits for this version of the account or an earlier one.
    public void arrived(AccountId account, long version) {
        waiting.computeIfPresent(
                account,
                (_, all) -> {
                    all.stream()
                            .filter(e -> e.version <= version)
                            .forEach(e -> e.arrival.countDown());
                    return all;
                });
    }

    /// Accounts that somebody waits for at this moment.
    public Set<AccountId> awaited() {
        return Set.copyOf(waiting.keySet());
    }
}
