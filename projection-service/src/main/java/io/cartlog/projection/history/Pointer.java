package io.cartlog.projection.history;

import io.cartlog.schemas.value.AccountId;

/// Where an account's event stands in the log.
///
/// @param recordedAt log time in milliseconds of the epoch
record Pointer(AccountId account, long version, int partition, long offset, long recordedAt) {}
