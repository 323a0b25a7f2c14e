package io.cartlog.service.tracing;

/// Which record a step works on.
///
/// @param group of the readers that it is read for
public record LogRecord(String topic, int partition, long offset, String group) {}
