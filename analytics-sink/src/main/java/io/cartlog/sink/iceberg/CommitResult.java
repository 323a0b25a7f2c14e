package io.cartlog.sink.iceberg;

import io.cartlog.sink.row.Offsets;

/// What became of a commit whose answer arrived.
public sealed interface CommitResult {
    record Committed(LakeState state) implements CommitResult {}

    /// Another writer has moved the position; nothing of the append is in the table.
    ///
    /// @param found where the table stands
    record Refused(Offsets found) implements CommitResult {}
}
