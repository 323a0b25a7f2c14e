package io.cartlog.projection.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// How far the views are, for the command line and for those who wait for them.
@RestController
class ProgressEndpoint {
    private final EventLog log;
    private final AppliedOffsets offsets;
    private final IntakeProgress progress;

    ProgressEndpoint(EventLog log, AppliedOffsets offsets, IntakeProgress progress) {
        this.log = log;
        this.offsets = offsets;
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
        Map<Integer, Long> applied = offsets.in(ends.keySet());
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
}
