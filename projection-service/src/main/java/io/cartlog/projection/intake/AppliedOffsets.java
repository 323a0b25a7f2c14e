package io.cartlog.projection.intake;

import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How far the live version is, in partitions of this process and of others.
@Component
final class AppliedOffsets {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final EventLog log;
    private final SavedPositions saved;
    private final ViewVersions versions;
    private final IntakeProgress progress;

    AppliedOffsets(
            EventLog log, ViewTables tables, ViewVersions versions, IntakeProgress progress) {
        this.log = log;
        this.saved = new SavedPositions(tables::positions, PATIENCE);
        this.versions = versions;
        this.progress = progress;
    }

    /// Offsets of the next record. Of the partitions that other instances read, what they have
    /// saved last, or where the store is away, what is known of that; a partition of which nothing
    /// is known is missing.
    Map<Integer, Long> in(Set<Integer> partitions) throws InterruptedException {
        Map<Integer, Long> applied = new HashMap<>(progress.applied());
        if (!applied.keySet().containsAll(partitions)) {
            saved.of(versions.live().version()).forEach(applied::putIfAbsent);
        }
        return applied;
    }

    /// As [#in], in all partitions.
    Map<Integer, Long> everywhere() throws InterruptedException {
        return in(log.ends().keySet());
    }
}
