package io.cartlog.sink.row;

/// What becomes a row of a file in the lake: a row with a value for each column, or the bytes that
/// the log has of it. Both give the same file.
public sealed interface LakeRow permits EventRow, EventBytes {
    int kafkaPartition();

    long kafkaOffset();

    /// Log time, in milliseconds since the epoch.
    long recordedMillis();
}
