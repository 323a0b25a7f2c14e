package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.Offsets;
import org.jspecify.annotations.Nullable;

/// What is loaded.
///
/// @param newestSnapshot null before the first load
/// @param sequenceNumber of the newest snapshot; 0 before the first load
/// @param offsets up to which the log is in the warehouse, but for what is in quarantine
/// @param quarantined files that wait to be repaired
public record Ledger(
        @Nullable Long newestSnapshot,
        long sequenceNumber,
        Offsets offsets,
        long snapshots,
        long rows,
        long orderLines,
        long quarantined) {
    public static final Ledger EMPTY = new Ledger(null, 0, Offsets.START, 0, 0, 0, 0);
}
