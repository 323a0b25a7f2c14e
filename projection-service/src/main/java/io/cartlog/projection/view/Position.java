package io.cartlog.projection.view;

/// How far a partition of the log is reflected in the table. It stands in the table, so that a
/// table that is thrown away, or restored, is filled again from where it stands.
///
/// @param log the topic's own id: another log of the same name is another log
/// @param offset of the next record
public record Position(String log, int partition, long offset) {}
