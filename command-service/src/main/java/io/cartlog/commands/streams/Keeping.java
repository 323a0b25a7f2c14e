package io.cartlog.commands.streams;

import java.time.Duration;

/// How long and how much the decider keeps.
///
/// @param guestIdle log time without events after which a guest's cart expires
/// @param answerBytes what the answers to one account's commands may take in a window of
///   [Answers#WINDOW]; answers that are kept for ever do not count
public record Keeping(Duration guestIdle, long answerBytes) {
    public static final Keeping DEFAULT = new Keeping(Duration.ofDays(30), 64L << 20);

    /// @throws IllegalArgumentException if one of them is not positive
    public Keeping {
        if (!guestIdle.isPositive()) {
            throw new IllegalArgumentException("cartlog.limits.guest-idle must be positive");
        }
        if (answerBytes <= 0) {
            throw new IllegalArgumentException("cartlog.limits.answer-memory must be positive");
        }
    }
}
