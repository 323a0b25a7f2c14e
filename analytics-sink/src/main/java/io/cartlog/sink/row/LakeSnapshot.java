package io.cartlog.sink.row;

/// One commit to the lake: the part of the log from `from` to `to`.
///
/// @param id the snapshot's id in the table
/// @param sequenceNumber grows with every commit
/// @param rows events that the commit added
/// @param files data files that the commit added
public record LakeSnapshot(
        long id, long sequenceNumber, Offsets from, Offsets to, long rows, long files) {}
