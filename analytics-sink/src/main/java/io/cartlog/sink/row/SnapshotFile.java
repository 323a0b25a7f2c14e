package io.cartlog.sink.row;

/// A data file that a commit added to the lake: what the table says of it, and its rows as the file
/// itself says.
///
/// @param bytes size of the object
/// @param partition of the log, of the file's rows
/// @param firstOffset lowest offset of a row
/// @param lastOffset highest offset of a row
/// @param count rows in it
/// @param rows throw a [FaultyFileException] if the file cannot be read
public record SnapshotFile(
        String location,
        long bytes,
        int partition,
        long firstOffset,
        long lastOffset,
        long count,
        RowSource rows) {}
