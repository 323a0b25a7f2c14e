package io.cartlog.sink.clicks;

import java.util.List;

/// What a comparison of the clicks found.
///
/// @param records of the topic, up to where the warehouse stood at the start
/// @param unreadable records that are no clicks
/// @param repeated records of a click that stands before in the topic
/// @param clicks `records` without the unreadable and the repeated
/// @param rows in the warehouse
public record ClickReport(
        List<OfPartition> partitions,
        long records,
        long unreadable,
        long repeated,
        long clicks,
        long rows,
        List<Difference> differences) {
    /// @param to offset up to which both sides are compared
    public record OfPartition(int partition, long from, long to, long records) {}

    /// @param expectedRows what the topic has there
    public record Difference(
            int partition, long from, long to, String problem, long expectedRows, long rows) {}
}
