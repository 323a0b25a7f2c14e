package io.cartlog.schemas.reply;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;

/// A reply with its address.
///
/// @param version of the account after the command
/// @param replayed true when the command had been answered before and this is that answer
public record ReplyEnvelope(
        CommandId commandId, AccountId account, long version, boolean replayed, CartReply reply) {
    public ReplyEnvelope asReplay() {
        return new ReplyEnvelope(commandId, account, version, true, reply);
    }
}
