package io.cartlog.schemas.event;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.time.Instant;
import java.util.UUID;

/// An event with its place in the account's history.
///
/// @param version 1, 2, 3 ... per account, without gaps
/// @param fingerprint of the content of the command that caused it
/// @param occurredAt business time, to the millisecond
/// @param recordedAt log time, to the millisecond
public record RecordedEvent(
        UUID eventId,
        AccountId account,
        long version,
        CommandId commandId,
        long fingerprint,
        Instant occurredAt,
        Instant recordedAt,
        CartEvent event) {}
