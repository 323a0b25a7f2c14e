package io.cartlog.commands.cart;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.OrderId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a decision depends on beside the cart and the command.
///
/// @param account whose cart it is
/// @param commandId of the command
/// @param fingerprint of the command
/// @param expectedVersion that the client has seen, null if he does not care
/// @param occurredAt business time of the command
/// @param newOrder the id of the order that the command makes, if it makes one
/// @param order what a purchase of a till joins
/// @param undo how to undo what happened last; null if that is no merge or clear
public record DecisionContext(
        AccountId account,
        CommandId commandId,
        long fingerprint,
        @Nullable Long expectedVersion,
        Instant occurredAt,
        OrderId newOrder,
        OrderSoFar order,
        @Nullable Undo undo) {

    DecisionContext anyVersion() {
        return new DecisionContext(
                account, commandId, fingerprint, null, occurredAt, newOrder, order, undo);
    }
}
