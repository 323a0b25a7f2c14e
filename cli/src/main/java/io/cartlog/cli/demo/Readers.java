package io.cartlog.cli.demo;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// The two services that read the log, and how far they are.
final class Readers {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Service projection;
    private final Service sink;

    Readers(StackStatus stack) {
        this.projection = new Service("projection-service", stack.projection());
        this.sink = new Service("analytics-sink", stack.sink());
    }

    /// @throws CommandFailedException if one of them has failed
    Progress progress() {
        return new Progress(
                Progress.Projected.of(healthy("projection-service", projection)),
                Progress.Sunk.of(healthy("analytics-sink", sink)));
    }

    private static JsonNode healthy(String name, Service service) {
        JsonNode progress = service.get("/internal/progress");
        JsonNode failed = progress.path("failed");
        if (!failed.isMissingNode() && !failed.isNull()) {
            throw new CommandFailedException(name + " has stopped: " + failed.asString());
        }
        return progress;
    }

    /// Waits until both have everything.
    ///
    /// @return when each of them had, in the clock of [System#nanoTime]
    /// @throws CommandFailedException if nothing moves for three minutes
    Arrival awaitAll(Terminal terminal) throws InterruptedException {
        Progress now = progress();
        long behind = now.projected().lag();
        try (Gauge gauge = terminal.gauge("catch up", "events", behind)) {
            Arrival arrival = new Arrival();
            long work = now.work();
            long lastMove = System.nanoTime();
            long lastFlush = lastMove - FLUSH_EVERY.toNanos();
            while (!arrival.at(now)) {
                if (!now.sunk().caughtUp() && since(lastFlush) >= FLUSH_EVERY.toNanos()) {
                    sink.post("/internal/flush");
                    lastFlush = System.nanoTime();
                } else {
                    TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                }
                now = progress();
                gauge.at(Math.max(0, behind - now.projected().lag()));
                if (now.work() != work) {
                    work = now.work();
                    lastMove = System.nanoTime();
                } else if (since(lastMove) > PATIENCE.toNanos()) {
                    throw new CommandFailedException("nothing moves any more: " + now);
                }
            }
            return arrival;
        }
    }

    private static long since(long nanoTime) {
        return System.nanoTime() - nanoTime;
    }

    /// When each reader had caught up.
    static final class Arrival {
        private long viewsAt;
        private long analyticsAt;

        /// Whether both have arrived.
        private boolean at(Progress progress) {
            long now = System.nanoTime();
            if (viewsAt == 0 && progress.projected().caughtUp()) {
                viewsAt = now;
            }
            if (analyticsAt == 0 && progress.sunk().caughtUp()) {
                analyticsAt = now;
            }
            return progress.caughtUp();
        }

        long viewsAt() {
            return viewsAt;
        }

        long analyticsAt() {
            return analyticsAt;
        }
    }
}
