package io.cartlog.projection.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stretch of time.
///
/// @param from its first moment; null for the beginning of time
/// @param to the first moment after it; null for no end
public record Period(@Nullable Instant from, @Nullable Instant to) {
    public static final Period ALL = new Period(null, null);

    /// @throws IllegalArgumentException if it ends before it begins
    public Period {
        if (from != null && to != null && to.isBefore(from)) {
            throw new IllegalArgumentException("the period ends before it begins");
        }
    }
}
