package io.cartlog.cli.demo;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The two services that read the log, and how far they are.
final class Readers {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration FLUSH_EVERY = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Service projection;
    private final Service sink;

    Readers(StackStatus stack, Supplier<String> tokens) {
        this.projection = new Service("projection-service", stack.projection(), tokens);
        this.sink = new Service("analytics-sink", stack.sink(), tokens);
    }

    /// @throws CommandFailedException if one of them does not answer
    Progress progress() {
        return new Progress(
                Progress.Projected.of(projection.get("/internal/progress")),
                Progress.Sunk.of(sink.get("/internal/progress")));
    }

    /// Waits until both have everything. On a busy machine one of them may not answer for a while.
    ///
    /// @return when each of them had
    /// @throws CommandFailedException if one of them has stopped, or nothing moves for three
    ///   minutes
    Arrival awaitAll(Terminal terminal) throws InterruptedException {
        Arrival arrival = new Arrival();
        Watch watch = new Watch();
        long lastFlush = System.nanoTime() - FLUSH_EVERY.toNanos();
        try (Gauge gauge = terminal.gauge("catch up", "events", 0)) {
            while (!arrival.at(watch.look(gauge))) {
                if (!arrival.analyticsArrived() && since(lastFlush) >= FLUSH_EVERY.toNanos()) {
                    watch.tried(() -> sink.post("/internal/flush"));
                    lastFlush = System.nanoTime();
                } else {
                    TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                }
            }
        }
        return arrival;
    }

    private static long since(long nanoTime) {
        return System.nanoTime() - nanoTime;
    }

    /// Looks again and again, and loses patience when nothing moves.
    private final class Watch {
        private long most;
        private long work = -1;
        private long lastMove = System.nanoTime();

        /// @return the last that was seen, which is nothing at first
        Progress look(Gauge gauge) {
            Progress now = Progress.UNKNOWN;
            try {
                now = progress();
                now.requireGoing();
                show(now, gauge);
            } catch (Service.AwayException e) {
                requirePatience(String.valueOf(e.getMessage()));
            }
            return now;
        }

        void tried(Runnable request) {
            try {
                request.run();
            } catch (Service.AwayException e) {
                requirePatience(String.valueOf(e.getMessage()));
            }
        }

        private void show(Progress now, Gauge gauge) {
            most = Math.max(most, now.projected().lag());
            gauge.of(most);
            gauge.at(most - now.projected().lag());
            if (now.work() == work) {
                requirePatience(now.toString());
            } else {
                work = now.work();
                lastMove = System.nanoTime();
            }
        }

        private void requirePatience(String seen) {
            if (since(lastMove) > PATIENCE.toNanos()) {
                throw new CommandFailedException("nothing moves any more: " + seen);
            }
        }
    }

    /// When each reader had caught up, in the clock of [System#nanoTime].
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

        private boolean analyticsArrived() {
            return analyticsAt != 0;
        }

        long viewsAt() {
            return viewsAt;
        }

        long analyticsAt() {
            return analyticsAt;
        }
    }
}
