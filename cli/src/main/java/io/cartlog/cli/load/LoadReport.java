package io.cartlog.cli.load;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cartlog.cli.retail.RuleCounts.Rules;
import io.cartlog.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a load did; its fields are those of `--output json`.
///
/// @param rules how often each rule for reading rows applied; absent for generated shoppers
/// @param clicks that generated shoppers made beside their commands; absent for loads without
/// @param rate lines answered in a second
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadReport(
        String source,
        Counts counts,
        @Nullable Rules rules,
        @Nullable Long clicks,
        double seconds,
        long rate) {

    /// @param read lines of the source
    /// @param accepted lines that this load added to the log
    /// @param replayed lines that were there from an earlier load, so nothing was added
    /// @param refused lines that a rule of the cart forbade
    /// @param broken lines that are none, here or by the judgement of the service
    /// @param brokenLines the first thousand of them
    /// @param retries requests that had to be sent again
    public record Counts(
            long read,
            long accepted,
            long replayed,
            long refused,
            Map<String, Long> refusedByReason,
            long broken,
            List<BrokenLine> brokenLines,
            long retries) {}

    /// @param line its number in the file, the header being 1
    public record BrokenLine(long line, String reason) {}

    private static final int SHOWN = 20;

    static LoadReport of(
            String source,
            Counts counts,
            @Nullable Rules rules,
            @Nullable Long clicks,
            double seconds) {
        long answered = counts.accepted() + counts.replayed() + counts.refused();
        return new LoadReport(
                source,
                counts,
                rules,
                clicks,
                seconds,
                Math.round(answered / Math.max(1e-3, seconds)));
    }

    /// For a person.
    public String text() {
        StringBuilder text = new StringBuilder(table().toString());
        if (counts.broken() > 0) {
            text.append("\n\nBroken lines:\n").append(brokenTable());
        }
        return text.toString();
    }

    private TextTable table() {
        TextTable table =
                new TextTable("load of " + source, "lines")
                        .row("read", counts.read())
                        .row("accepted", counts.accepted())
                        .row("replayed (were there before)", counts.replayed())
                        .row("refused", counts.refused());
        counts.refusedByReason().forEach((reason, lines) -> table.row("  " + reason, lines));
        table.row("broken", counts.broken());
        if (rules != null) {
            addRules(table, rules);
        }
        if (clicks != null) {
            table.row("clicks beside them", clicks);
        }
        return table.row("requests sent again", counts.retries())
                .row("seconds", "%.1f".formatted(seconds))
                .row("lines per second", rate);
    }

    private static void addRules(TextTable table, Rules rules) {
        table.row("rule: CustomerID like 17850.0", rules.decimalCustomerIds())
                .row("rule: no customer, guest of the invoice", rules.guestRows())
                .row("  guest accounts", rules.guestAccounts())
                .row("rule: return (\"C\" invoice)", rules.returnRows())
                .row("rule: adjustment (\"A\", or negative)", rules.adjustmentRows())
                .row("rule: repeated stock code, kept", rules.repeatedStockCodes())
                .row("rule: identical row, kept", rules.identicalRows());
    }

    private String brokenTable() {
        TextTable table = new TextTable("line", "reason");
        counts.brokenLines().stream()
                .limit(SHOWN)
                .forEach(b -> table.row(Long.toString(b.line()), b.reason()));
        long more = counts.broken() - Math.min(SHOWN, counts.brokenLines().size());
        return more > 0
                ? table + "\n... and " + more + " more; --rejects FILE writes them all"
                : table.toString();
    }
}
