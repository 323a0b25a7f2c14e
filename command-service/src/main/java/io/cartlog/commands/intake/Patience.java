package io.cartlog.commands.intake;

import java.time.Duration;

/// How long to wait for replies: so long for the first, and so long again after each that came. A
/// batch waits as long as the log goes on, however slowly; once it has stood still for the timeout,
/// nothing more is waited for.
final class Patience {
    private final long timeoutNanos;
    private long deadline;

    Patience(Duration timeout) {
        timeoutNanos = timeout.toNanos();
        deadline = System.nanoTime() + timeoutNanos;
    }

    /// A reply has come. Patience that has run out stays so.
    void renew() {
        if (leftNanos() > 0) {
            deadline = System.nanoTime() + timeoutNanos;
        }
    }

    long leftNanos() {
        return Math.max(0, deadline - System.nanoTime());
    }
}
