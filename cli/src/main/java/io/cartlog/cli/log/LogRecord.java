package io.cartlog.cli.log;

import io.cartlog.schemas.event.RecordedEvent;

/// A record of the log at its place.
sealed interface LogRecord {
    int partition();

    long offset();

    record Event(int partition, long offset, RecordedEvent event) implements LogRecord {}

    /// Bytes that are no event; the services have put them aside as a dead letter.
    record Unreadable(int partition, long offset, String reason) implements LogRecord {}
}
