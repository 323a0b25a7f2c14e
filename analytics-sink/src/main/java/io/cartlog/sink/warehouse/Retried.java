package io.cartlog.sink.warehouse;

import org.jspecify.annotations.Nullable;

/// What became of another attempt to load a file.
///
/// @param problem null unless it is [Outcome#STILL_FAULTY]
public record Retried(String location, Outcome outcome, @Nullable String problem) {
    /// Of one attempt.
    public enum Outcome {
        LOADED,
        /// By somebody else, meanwhile or before.
        ALREADY_LOADED,
        STILL_FAULTY
    }
}
