package io.cartlog.cli.reconcile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What projection-service found: its reading of the log, and the table beside what the log folds
/// to.
public record ViewsReport(LogReading log, Views views) {
    /// @param items by status
    /// @param orders order items, one for each account that has lines in the order
    /// @param moving accounts that changed all the time and were not compared to the end
    /// @param parked accounts that wait for a record that cannot be applied
    /// @param differenceCount of all; the first hundred are named
    public record Views(
            long accounts,
            Map<String, Long> items,
            long orders,
            long heads,
            String digest,
            int moving,
            List<ParkedAccount> parked,
            List<KeyDifference> differences,
            long differenceCount) {}

    /// @param partition with `offset`: the record that it waits for
    public record ParkedAccount(String account, int partition, long offset, String reason) {}

    /// @param key `PK|SK`
    /// @param problem missing, extra or different
    public record KeyDifference(
            String account,
            String key,
            String problem,
            @Nullable JsonNode expected,
            @Nullable JsonNode found) {}
}
