package io.cartlog.cli.reconcile;

import java.util.List;

/// The log as one service has read it.
///
/// @param unreadable records that are no events; they are dead letters and count nowhere else
/// @param netAmount of all order lines
/// @param salesAmount of the lines that are sales with a positive quantity and price
public record LogReading(
        List<PartitionReading> partitions,
        long events,
        long unreadable,
        String netAmount,
        String salesAmount,
        long orders) {
    /// @param to offset after the last one read
    /// @param digest of the events, whatever their order: 16 hex digits
    public record PartitionReading(int partition, long from, long to, long events, String digest) {}

    String digest() {
        return Digests.sum(partitions.stream().map(PartitionReading::digest).toList());
    }
}
