package io.cartlog.projection.intake;

import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How far the live version is, in partitions of this process and of others.
@Component
final class AppliedOffsets {
    private final EventLog log;
    private final ViewTables tables;
    private final ViewVersions versions;
    private final IntakeProgress progress;

    AppliedOffsets(
            EventLog log, ViewTables tables, ViewVersions versions, IntakeProgress progress) {
        this.log = log;
        this.tables = tables;
        this.versions = versions;
        this.progress = progress;
    }

    /// Offsets of the next record. Of the partitions that other instances read, what they have
    /// saved last.
    Map<Integer, Long> in(Set<Integer> partitions) throws InterruptedException {
        Map<Integer, Long> applied = new HashMap<>(progress.applied());
        if (!applied.keySet().containsAll(partitions)) {
            for (Position position : tables.positions(versions.live().version())) {
                applied.putIfAbsent(position.partition(), position.offset());
            }
        }
        return applied;
    }

    /// As [#in], in all partitions.
    Map<Integer, Long> everywhere() throws InterruptedException {
        return in(log.ends().keySet());
    }
}
