package io.cartlog.projection.query;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/// Settings under `cartlog.queries`.
///
/// @param cursorKey secret that signs cursors, at least 16 characters; the same on every instance
///   and for as long as cursors are to hold
/// @param patience `wait`: how long a read waits for what its consistency token proves, at most 30
///   s
/// @param subscribers how many may follow an account's events at once
/// @param subscriberBuffer events that a slow subscriber may be behind
/// @param heartbeat how often a subscriber hears that all is well when nothing happens
public record QuerySettings(
        @DefaultValue("") String cursorKey,
        @Name("wait") @DefaultValue("2s") Duration patience,
        @DefaultValue("1000") int subscribers,
        @DefaultValue("256") int subscriberBuffer,
        @DefaultValue("15s") Duration heartbeat) {
    private static final int SHORTEST = 16;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    public QuerySettings {
        if (cursorKey.isBlank()) {
            throw new IllegalArgumentException("cartlog.queries.cursor-key is missing");
        }
        if (cursorKey.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "cartlog.queries.cursor-key has less than " + SHORTEST + " characters");
        }
        if (patience.isNegative() || patience.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("cartlog.queries.wait is 0 to 30s");
        }
        if (subscribers < 1 || subscriberBuffer < 1) {
            throw new IllegalArgumentException(
                    "cartlog.queries.subscribers and subscriber-buffer are at least 1");
        }
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("cartlog.queries.heartbeat is more than 0");
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "QuerySettings[cursorKey=***, wait=%s, subscribers=%d, subscriberBuffer=%d, heartbeat=%s]"
                .formatted(patience, subscribers, subscriberBuffer, heartbeat);
    }
}
