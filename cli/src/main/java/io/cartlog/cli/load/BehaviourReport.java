package io.cartlog.cli.load;

import io.cartlog.cli.load.LoadReport.BrokenLine;
import io.cartlog.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;

/// What a load of a behaviour file did; its fields are those of `--output json`.
///
/// @param rate rows read in a second
/// @param retries requests that had to be sent again
public record BehaviourReport(
        String source,
        Rows rows,
        Clicks clicks,
        Commands commands,
        double seconds,
        long rate,
        long retries) {

    /// @param identical rows that equal one before in every column, kept
    /// @param broken rows that are none, here or by the judgement of the service
    /// @param brokenLines the first thousand of them
    public record Rows(
            long read,
            long views,
            long carts,
            long removals,
            long purchases,
            long identical,
            long broken,
            List<BrokenLine> brokenLines) {}

    /// @param accepted clicks that are in the log. One that was there from an earlier load is there
    ///   again, and counts once by its id wherever clicks are counted
    public record Clicks(long accepted) {}

    /// @param accepted commands that this load added to the log
    /// @param replayed commands that were there from an earlier load, so nothing was added
    /// @param refused commands that a rule of the cart forbade
    /// @param takenOut purchases whose product lay in the cart and was taken out of it
    /// @param notInTheCart purchases of what did not lie in the cart
    public record Commands(
            long accepted,
            long replayed,
            long refused,
            Map<String, Long> refusedByReason,
            long takenOut,
            long notInTheCart) {}

    private static final int SHOWN = 20;

    /// For a person.
    public String text() {
        TextTable table =
                new TextTable("load of " + source, "")
                        .row("rows", rows.read())
                        .row("  view", rows.views())
                        .row("  cart", rows.carts())
                        .row("  remove_from_cart", rows.removals())
                        .row("  purchase", rows.purchases())
                        .row("  identical to another, kept", rows.identical())
                        .row("  broken", rows.broken())
                        .row("clicks accepted", clicks.accepted())
                        .row("commands accepted", commands.accepted())
                        .row("commands replayed (were there before)", commands.replayed())
                        .row("commands refused", commands.refused());
        commands.refusedByReason().forEach((reason, lines) -> table.row("  " + reason, lines));
        table.row("purchases out of the cart", commands.takenOut())
                .row("purchases of what was not in it", commands.notInTheCart())
                .row("requests sent again", retries)
                .row("seconds", "%.1f".formatted(seconds))
                .row("rows per second", rate);
        return rows.broken() == 0 ? table.toString() : table + broken();
    }

    private String broken() {
        TextTable table = new TextTable("line", "reason");
        rows.brokenLines().stream()
                .limit(SHOWN)
                .forEach(b -> table.row(Long.toString(b.line()), b.reason()));
        long more = rows.broken() - Math.min(SHOWN, rows.brokenLines().size());
        String rest = more > 0 ? "\n... and " + more + " more; --rejects FILE writes them all" : "";
        return "\n\nBroken lines:\n" + table + rest;
    }
}
