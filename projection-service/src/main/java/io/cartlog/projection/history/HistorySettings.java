package io.cartlog.projection.history;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Settings under `cartlog.history`.
///
/// @param dir folder of the index; each instance has its own
/// @param readers how many histories are read from the log at once
public record HistorySettings(@Nullable Path dir, @DefaultValue("4") int readers) {
    public HistorySettings {
        if (dir == null || dir.toString().isBlank()) {
            throw new IllegalArgumentException("cartlog.history.dir is missing");
        }
        if (readers < 1 || readers > 64) {
            throw new IllegalArgumentException("cartlog.history.readers is 1 to 64");
        }
    }

    Path folder() {
        return Objects.requireNonNull(dir);
    }
}
