package io.cartlog.commands.cart;

import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.value.AccountId;
import org.jspecify.annotations.Nullable;

/// What the decider of one account has to say to that of another.
///
/// @param expectedVersion that the other account must have to take it as it is meant
public record FollowUp(AccountId to, @Nullable Long expectedVersion, Message message) {}
