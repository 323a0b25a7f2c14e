package io.cartlog.cli.shop;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;

/// One thing that a shopper does.
///
/// @param number 1, 2, 3 ... in the whole play
public record Step(long number, AccountId account, CommandId key, CartCommand command) {}
