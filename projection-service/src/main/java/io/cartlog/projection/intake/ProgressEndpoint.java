package io.cartlog.projection.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewVersions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How far the views are, for the command line and for those who wait for them.
@RestController
class ProgressEndpoint {
    private final EventLog log;
    private final ViewTables tables;
    private final ViewVersions versions;
    private final IntakeProgress progress;

    ProgressEndpoint(
            EventLog log, ViewTables tables, ViewVersions versions, IntakeProgress progress) {
        this.log = log;
        this.tables = tables;
        this.versions = versions;
        this.progress = progress;
    }

    /// @param applied offset of the next record; what is before it is durable in the views
    /// @param end of the committed records
    record PartitionProgress(int partition, long applied, long end) {
        long lag() {
            return Math.max(0, end - applied);
        }
    }

    /// @param eventsApplied by this process since its start, like `itemsWritten`
    /// @param parked accounts that wait for a record that cannot be applied
    /// @param failed where and why the projection has stopped; null if it has not
    record Progress(
            List<PartitionProgress> partitions,
            long lag,
            long eventsApplied,
            long itemsWritten,
            int parked,
            @JsonInclude @Nullable String failed) {}

    @GetMapping("/internal/progress")
    Progress progress() throws InterruptedException {
        Map<Integer, Long> ends = new TreeMap<>(log.ends());
        Map<Integer, Long> applied = applied(ends.keySet());
        List<PartitionProgress> partitions =
                ends.entrySet().stream().map(e -> partition(e, applied)).toList();
        return new Progress(
                partitions,
                partitions.stream().mapToLong(PartitionProgress::lag).sum(),
                progress.eventsApplied(),
                progress.itemsWritten(),
                progress.parkedAccounts(),
                progress.failure());
    }

    private static PartitionProgress partition(
            Map.Entry<Integer, Long> end, Map<Integer, Long> applied) {
        return new PartitionProgress(
                end.getKey(), applied.getOrDefault(end.getKey(), 0L), end.getValue());
    }

    /// Of the partitions that other instances read, what they have saved last.
    private Map<Integer, Long> applied(Set<Integer> partitions) throws InterruptedException {
        Map<Integer, Long> applied = new HashMap<>(progress.applied());
        if (!applied.keySet().containsAll(partitions)) {
            for (Position position : tables.positions(versions.live().version())) {
                applied.putIfAbsent(position.partition(), position.offset());
            }
        }
        return applied;
    }
}
