package io.cartlog.sink.row;

import java.util.List;

/// What the lake holds at a snapshot.
///
/// @param offsets up to which the log is in it
/// @param parts by hour, then by partition of the log; one without rows may be among them
public record LakeContent(long snapshotId, Offsets offsets, List<ExportedPart> parts) {
    public LakeContent {
        parts = List.copyOf(parts);
    }
}
