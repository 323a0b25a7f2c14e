package io.cartlog.sink.row;

/// The rows of one hour of log time and one partition of the log, in the order of offsets.
///
/// @param hour since the epoch, UTC
public record ExportedPart(long hour, int kafkaPartition, RowSource rows) {}
