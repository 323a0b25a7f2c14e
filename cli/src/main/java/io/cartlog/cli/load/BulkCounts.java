package io.cartlog.cli.load;

import java.util.Map;
import java.util.TreeMap;

/// What became of the lines of a file, or of a part of it.
///
/// @param rows lines after the header
/// @param accepted commands that this added to the log
/// @param replayed commands that were there before, so nothing was added
/// @param refused commands that a rule of the cart forbade, by the rule
/// @param broken lines that are none, here or by the judgement of the service
/// @param clicks that are in the log
/// @param notInTheCart purchases of what did not lie in the cart
/// @param retries requests that had to be sent again
public record BulkCounts(
        long rows,
        long accepted,
        long replayed,
        Map<String, Long> refused,
        long broken,
        long clicks,
        long notInTheCart,
        long retries) {
    public static final BulkCounts NONE = new BulkCounts(0, 0, 0, Map.of(), 0, 0, 0, 0);

    /// Of one part and the next.
    public BulkCounts plus(BulkCounts next) {
        Map<String, Long> both = new TreeMap<>(refused);
        next.refused.forEach((rule, count) -> both.merge(rule, count, Long::sum));
        return new BulkCounts(
                rows + next.rows,
                accepted + next.accepted,
                replayed + next.replayed,
                both,
                broken + next.broken,
                clicks + next.clicks,
                notInTheCart + next.notInTheCart,
                retries + next.retries);
    }
}
