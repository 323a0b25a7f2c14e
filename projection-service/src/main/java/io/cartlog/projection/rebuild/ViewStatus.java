package io.cartlog.projection.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.projection.view.ViewState;
import io.cartlog.projection.view.ViewState.Candidate;
import io.cartlog.projection.view.ViewState.Previous;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A view's versions, as operators see them.
///
/// @param live the version that is read
/// @param candidate the version that is being built, or waits to be promoted
/// @param previous the version that was live before
/// @param beside how far the one of these two is that there is
/// @param retired tables that will be deleted in a moment
@JsonInclude(JsonInclude.Include.NON_NULL)
record ViewStatus(
        String view,
        Version live,
        @Nullable Building candidate,
        @Nullable Kept previous,
        @Nullable Beside beside,
        List<String> retired) {

    record Version(int version, String table) {}

    /// @param promote `AUTO` or `MANUAL`
    /// @param maxChange items that the promotion may change; null for any number
    /// @param budget writes a second; 0 for as many as the store takes
    /// @param held why it was not promoted as ordered
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Building(
            int version,
            String table,
            Instant since,
            String promote,
            @Nullable Long maxChange,
            int budget,
            @Nullable String held) {}

    /// @param until when it will be dropped by itself
    record Kept(int version, String table, Instant since, Instant until) {}

    /// @param position offset of the next record
    /// @param level whether it shows as much as the live version, and keeps doing so
    record Partition(int partition, long position, long end, boolean level) {
        long remaining() {
            return Math.max(0, end - position);
        }
    }

    /// @param state `FILLING`, `LEVEL` or `FAILED`
    /// @param position sum over the partitions, like `end`
    /// @param events that the asked process has read since it began to fill
    /// @param items that it has put for them, heads not counted
    /// @param writes puts and deletes, heads among them
    /// @param secondsLeft by the slowest partition; null while nothing is known
    /// @param failed why it cannot be filled or kept
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Beside(
            String state,
            long position,
            long end,
            List<Partition> partitions,
            long events,
            long items,
            long writes,
            long unreadable,
            long eventsPerSecond,
            long writesPerSecond,
            @Nullable Long secondsLeft,
            @Nullable String failed) {

        static Beside of(
                List<Partition> partitions, FillProgress progress, @Nullable String failed) {
            boolean level = partitions.stream().allMatch(Partition::level);
            OptionalLong left = level ? OptionalLong.of(0) : left(partitions, progress);
            return new Beside(
                    failed != null ? "FAILED" : level ? "LEVEL" : "FILLING",
                    partitions.stream().mapToLong(p -> p.end() - p.remaining()).sum(),
                    partitions.stream().mapToLong(Partition::end).sum(),
                    partitions,
                    progress.events(),
                    progress.items(),
                    progress.writes(),
                    progress.unreadableRecords(),
                    Math.round(progress.eventsPerSecond()),
                    Math.round(progress.writesPerSecond()),
                    left.isPresent() ? left.getAsLong() : null,
                    failed);
        }

        private static OptionalLong left(List<Partition> partitions, FillProgress progress) {
            Map<Integer, Long> remaining =
                    partitions.stream()
                            .collect(Collectors.toMap(Partition::partition, Partition::remaining));
            return progress.secondsLeft(remaining);
        }
    }

    static ViewStatus of(
            String view,
            IntFunction<String> table,
            ViewState state,
            Duration keepPrevious,
            @Nullable Beside beside) {
        return new ViewStatus(
                view,
                new Version(state.live(), table.apply(state.live())),
                building(state.candidate(), table),
                kept(state.previous(), table, keepPrevious),
                beside,
                state.retired().keySet().stream().sorted().map(table::apply).toList());
    }

    private static @Nullable Building building(
            @Nullable Candidate candidate, IntFunction<String> table) {
        return candidate == null
                ? null
                : new Building(
                        candidate.version(),
                        table.apply(candidate.version()),
                        candidate.since(),
                        candidate.order().promotion().name(),
                        candidate.order().maxChange(),
                        candidate.order().budget(),
                        candidate.held());
    }

    private static @Nullable Kept kept(
            @Nullable Previous previous, IntFunction<String> table, Duration keepPrevious) {
        return previous == null
                ? null
                : new Kept(
                        previous.version(),
                        table.apply(previous.version()),
                        previous.since(),
                        previous.since().plus(keepPrevious));
    }
}
