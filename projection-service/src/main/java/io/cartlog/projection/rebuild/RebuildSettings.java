package io.cartlog.projection.rebuild;

import java.time.Duration;

/// @param bootstrapServers of the log
/// @param keepPrevious for how long a version is kept that was live before
/// @param chunk events that are folded before they are written
public record RebuildSettings(String bootstrapServers, Duration keepPrevious, int chunk) {
    public RebuildSettings {
        if (keepPrevious.isNegative()) {
            throw new IllegalArgumentException("cartlog.views.keep-previous is 0 or more");
        }
        if (chunk < 1 || chunk > 1_000_000) {
            throw new IllegalArgumentException("cartlog.views.rebuild-chunk is 1 to 1000000");
        }
    }
}
