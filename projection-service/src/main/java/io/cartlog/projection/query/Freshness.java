package io.cartlog.projection.query;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Arrivals.Expected;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.History;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ViewVersions;
import io.cartlog.projection.view.ViewsUnavailableException;
import io.cartlog.schemas.value.AccountId;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Lets a read wait until the views have come as far as its token proves.
///
/// What this instance writes wakes the reads that wait for it. What another instance writes is
/// found by a look at the heads of those who still wait, all at once, ten times a second.
@Component
class Freshness {
    private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// Reads that may wait at once; more are answered at once, as if their time were up.
    private static final int MOST_WAITING = 10_000;

    private final ViewVersions versions;
    private final History history;
    private final Arrivals arrivals;
    private final Parking parking;
    private final Duration patience;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final Thread lookout =
            Thread.ofPlatform().daemon().name("lookout").unstarted(this::lookOut);

    Freshness(
            ViewVersions versions,
            History history,
            Arrivals arrivals,
            Parking parking,
            QuerySettings settings) {
        this.versions = versions;
        this.history = history;
        this.arrivals = arrivals;
        this.parking = parking;
        this.patience = settings.patience();
    }

    @PostConstruct
    void start() {
        lookout.start();
    }

    @PreDestroy
    void stop() {
        lookout.interrupt();
    }

    /// A read of the account's view, which has come as far as the headers wish, or as far as it
    /// can.
    ///
    /// @param atLeast the version that a list's earlier pages have shown: without it there would be
    ///   a gap
    /// @throws ProblemException if it is behind, and the client does not take that
    Reading ofViews(AccountId account, HttpHeaders headers, long atLeast) {
        Wish wish = Wish.of(account, headers);
        Instant start = clock.instant();
        long wanted = Math.max(wish.version(), atLeast);
        if (wanted > 0) {
            long shown = await(account, wanted);
            if (shown < wanted && (!wish.lenient() || shown < atLeast)) {
                throw ProblemException.behind(shown, wanted, parked(account));
            }
        }
        return new Reading(account, wish.version(), false, parked(account), start, history, clock);
    }

    private @Nullable Parked parked(AccountId account) {
        return parking.of(versions.live().version(), account);
    }

    /// A read of the account's history, the same way. Without a token, too, it waits for what stood
    /// in the log when this instance started.
    Reading ofHistory(AccountId account, HttpHeaders headers, long atLeast) {
        Wish wish = Wish.of(account, headers);
        Instant start = clock.instant();
        long wanted = Math.max(wish.version(), atLeast);
        boolean complete = awaitHistory(account, wanted);
        long shown = history.latest(account);
        if (!complete && (!wish.lenient() || shown < atLeast)) {
            throw ProblemException.behind(shown, wanted, null);
        }
        return new Reading(account, wish.version(), !complete, null, start, history, clock);
    }

    /// Waits until the history has a version, or in vain.
    boolean awaitHistory(AccountId account, long version) {
        try {
            return history.await(account, version, patience);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// @return the version that the view has, waited for or not
    private long await(AccountId account, long wanted) {
        Head written = versions.live().views().written(account);
        if (written != null && written.version() >= wanted) {
            return written.version();
        }
        try (Expected expected = arrivals.expect(account, wanted)) {
            long shown = head(account);
            if (shown >= wanted || !places.tryAcquire()) {
                return shown;
            }
            try {
                return expected.await(patience) ? wanted : head(account);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while a read waited", e);
    }

    private long head(AccountId account) {
        return versions.live().views().head(account, new CapacityMeter()).version();
    }

    private void lookOut() {
        Set<AccountId> before = Set.of();
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                Set<AccountId> now = arrivals.awaited();
                look(stillThere(before, now));
                before = now;
            }
        } catch (InterruptedException _) {
            LOG.debug("nobody waits any more");
        }
    }

    private static Set<AccountId> stillThere(Set<AccountId> before, Set<AccountId> now) {
        Set<AccountId> still = new HashSet<>(before);
        still.retainAll(now);
        return still;
    }

    /// A store that does not answer now is asked again at the next look, and by those who waited in
    /// vain, who then say so.
    private void look(Set<AccountId> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        try {
            versions.live()
                    .views()
                    .heads(accounts, new CapacityMeter())
                    .values()
                    .forEach(head -> arrivals.arrived(head.account(), head.version()));
        } catch (ViewsUnavailableException e) {
            LOG.atDebug().setCause(e).log("heads cannot be read for those who wait");
        }
    }
}
