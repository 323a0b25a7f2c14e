package io.cartlog.commands.cart;

import io.cartlog.schemas.value.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has been recorded of a till's order before a line.
///
/// @param lines how many
/// @param amount their net amount
/// @param since business time of the first one, null if there is none
/// @param occurrences how many of them are of the product that the line is about
public record OrderSoFar(int lines, Money amount, @Nullable Instant since, int occurrences) {
    public static final OrderSoFar NONE = new OrderSoFar(0, Money.ZERO, null, 0);
}
