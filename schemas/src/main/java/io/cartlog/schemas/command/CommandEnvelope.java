package io.cartlog.schemas.command;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command with its address.
///
/// @param occurredAt business time where it is not the log's, to the millisecond
/// @param expectedVersion that the account must have, or the command is refused; it is a condition
///   and no part of what the command says
public record CommandEnvelope(
        CommandId commandId,
        AccountId account,
        @Nullable Instant occurredAt,
        @Nullable Long expectedVersion,
        CartCommand command) {
    /// Prefix of the ids that the decider makes itself; clients' ids have another one.
    public static final String OWN_IDS = "cartlog:";

    /// A command that is decided whatever the version is.
    public CommandEnvelope(
            CommandId commandId,
            AccountId account,
            @Nullable Instant occurredAt,
            CartCommand command) {
        this(commandId, account, occurredAt, null, command);
    }
}
