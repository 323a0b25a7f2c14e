package io.cartlog.cli.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.limits.Limit;
import io.cartlog.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `./cartlog bench rebuild` measured, with the limits of the same run beside it.
///
/// @param ratio of the writes a second to the items a second of the best plain loop
/// @param live absent if it was not measured
@JsonInclude(JsonInclude.Include.NON_NULL)
record RebuildReport(
        Rebuild rebuild,
        double ratio,
        @Nullable Live live,
        List<Fold> fold,
        List<Goal> goals,
        List<Limit> limits) {
    /// Where less is folded than this, nothing is.
    private static final double UNFOLDED = 1.05;

    /// Ten events of a line, and the heads.
    private static final double FOLDED = 8;

    /// @param events that were folded, and how many a second
    /// @param writes puts and deletes that they became, heads among them, and how many a second
    record Rebuild(long events, long eventsPerSecond, long writes, long writesPerSecond) {
        double eventsPerWrite() {
            return (double) events / Math.max(1, writes);
        }
    }

    /// The live projection under a steady load.
    ///
    /// @param wantedPerSecond commands; each changes a line and a head
    /// @param p99Seconds from an event's log time until it can be read
    record Live(long wantedPerSecond, long perSecond, double p99Seconds) {}

    /// One thread without a store.
    ///
    /// @param perItem events of a line
    /// @param perSecond events, from bytes to changes
    /// @param decodedPerSecond events, from bytes to events
    record Fold(int perItem, long perSecond, long decodedPerSecond) {}

    /// @param most whether it is to be at most so much, and not at least
    record Goal(String what, double measured, double wanted, boolean most, boolean reached) {
        static Goal atLeast(String what, double measured, double wanted) {
            return new Goal(what, measured, wanted, false, measured >= wanted);
        }

        static Goal atMost(String what, double measured, double wanted) {
            return new Goal(what, measured, wanted, true, measured <= wanted);
        }
    }

    static RebuildReport of(
            Rebuild rebuild, @Nullable Live live, List<Fold> fold, List<Limit> limits) {
        double best = limits.stream().mapToLong(Limit::perSecond).max().orElse(1);
        return new RebuildReport(
                rebuild,
                rebuild.writesPerSecond() / best,
                live,
                fold,
                goals(rebuild, best, live, fold),
                limits);
    }

    /// Those that this log and this run can tell of.
    private static List<Goal> goals(
            Rebuild rebuild, double best, @Nullable Live live, List<Fold> fold) {
        List<Goal> goals = new ArrayList<>();
        if (rebuild.eventsPerWrite() <= UNFOLDED) {
            goals.add(
                    Goal.atLeast(
                            "writes, of the best plain loop's items",
                            rebuild.writesPerSecond() / best,
                            0.8));
        }
        if (rebuild.eventsPerWrite() >= FOLDED) {
            goals.add(
                    Goal.atLeast(
                            "events where ten are folded, of the best plain loop's items",
                            rebuild.eventsPerSecond() / best,
                            5));
        }
        if (live != null) {
            goals.add(Goal.atMost("seconds until an event can be read, p99", live.p99Seconds(), 1));
        }
        fold.forEach(rate ->
                goals.add(
                        Goal.atLeast(
                                "million events a second and thread, %d of a line"
                                        .formatted(rate.perItem()),
                                rate.perSecond() / 1e6,
                                0.7)));
        return goals;
    }

    String text() {
        TextTable table = new TextTable("what", "count", "per second");
        table.row("events read and folded", rebuild.events(), rebuild.eventsPerSecond());
        table.row("writes of them", rebuild.writes(), rebuild.writesPerSecond());
        limits.forEach(limit -> table.row(limit.what(), limit.count(), limit.perSecond()));
        if (live != null) {
            table.row("live: commands", live.wantedPerSecond() + " wanted/s", live.perSecond());
        }
        for (Fold rate : fold) {
            String of = "1 thread, %d of a line: ".formatted(rate.perItem());
            table.row(of + "decoded and folded", "", rate.perSecond());
            table.row(of + "decoded, the limit", "", rate.decodedPerSecond());
        }
        return "%s\n\n%.2f events a write; writes at %.0f %% of the best plain loop\n\n%s"
                .formatted(table, rebuild.eventsPerWrite(), 100 * ratio, verdicts());
    }

    private TextTable verdicts() {
        TextTable table = new TextTable("goal", "measured", "wanted", "");
        for (Goal goal : goals) {
            table.row(
                    goal.what(),
                    "%.2f".formatted(goal.measured()),
                    (goal.most() ? "<= " : ">= ") + "%.2f".formatted(goal.wanted()),
                    goal.reached() ? "reached" : "missed");
        }
        return table;
    }
}
