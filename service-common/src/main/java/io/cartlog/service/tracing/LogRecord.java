package io.cartlog.service.tracing;

import org.jspecify.annotations.Nullable;

/// Which record a step works on.
///
/// @param group of the readers that it is read for; null if the reader belongs to none
public record LogRecord(String topic, int partition, long offset, @Nullable String group) {}
