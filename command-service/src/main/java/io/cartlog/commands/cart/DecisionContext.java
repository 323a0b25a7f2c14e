package io.cartlog.commands.cart;

import io.cartlog.schemas.value.OrderId;
import java.time.Instant;

/// What a decision depends on beside the cart and the command.
///
/// @param occurredAt business time of the command
/// @param newOrder the id of the order that the command makes, if it makes one
/// @param order what a purchase of a till joins
public record DecisionContext(Instant occurredAt, OrderId newOrder, OrderSoFar order) {}
