package io.cartlog.commands.intake;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.commands`.
///
/// @param replyPartition the partition of the replies that this instance alone reads
/// @param timeout how long a request waits for its reply
/// @param maxInFlight commands that may wait for their reply at the same time
/// @param maxBatches batches that may be worked on at the same time
public record IntakeSettings(
        @DefaultValue("0") int replyPartition,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue("50000") int maxInFlight,
        @DefaultValue("8") int maxBatches) {

    /// @throws IllegalArgumentException if a setting makes no sense
    public IntakeSettings {
        check(replyPartition >= 0, "reply-partition must not be negative");
        check(timeout.isPositive(), "timeout must be positive");
        check(maxInFlight >= 1, "max-in-flight must be at least 1");
        check(maxBatches >= 1, "max-batches must be at least 1");
    }

    private static void check(boolean sound, String otherwise) {
        if (!sound) {
            throw new IllegalArgumentException("cartlog.commands." + otherwise);
        }
    }
}
