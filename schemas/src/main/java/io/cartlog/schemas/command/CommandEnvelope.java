package io.cartlog.schemas.command;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command with its address.
///
/// @param occurredAt business time where it is not the log's, to the millisecond
public record CommandEnvelope(
        CommandId commandId,
        AccountId account,
        @Nullable Instant occurredAt,
        CartCommand command) {}
