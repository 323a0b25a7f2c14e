package io.cartlog.sink.warehouse;

import java.time.Instant;

/// A file of the lake that could not be loaded when its snapshot was, and waits.
///
/// @param firstOffset lowest offset of the log in it, of `partition`
/// @param lastOffset highest offset in it
/// @param rows that the lake says it has
/// @param problem why it was not loaded, by the last attempt
/// @param attempts to load it, all of them in vain
public record QuarantinedFile(
        String location,
        long snapshotId,
        int partition,
        long firstOffset,
        long lastOffset,
        long rows,
        long bytes,
        String problem,
        int attempts,
        Instant foundAt,
        Instant triedAt) {}
