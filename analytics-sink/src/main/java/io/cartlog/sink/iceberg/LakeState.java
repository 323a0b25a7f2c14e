package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.Offsets;

/// What the lake holds at one moment.
///
/// @param offsets how far the log is in the lake
/// @param sequenceNumber of the newest snapshot; 0 before the first
public record LakeState(
        Offsets offsets, long rows, long files, long snapshots, long sequenceNumber) {
    public static final LakeState EMPTY = new LakeState(Offsets.START, 0, 0, 0, 0);
}
