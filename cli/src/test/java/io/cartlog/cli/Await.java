package io.cartlog.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Waits for what comes by itself, with a deadline.
final class Await {
    private static final Duration DEADLINE = Duration.ofSeconds(90);

    private Await() {}

    /// @return the first value that is as wanted
    static <T> T until(Callable<T> value, Predicate<T> wanted) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        T last = value.call();
        while (!wanted.test(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + DEADLINE.toSeconds() + " s: " + last);
            }
            TimeUnit.MILLISECONDS.sleep(50);
            last = value.call();
        }
        return last;
    }
}
