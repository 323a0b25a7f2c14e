package io.cartlog.schemas.command;

import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.OrderId;
import io.cartlog.schemas.value.SaleKind;
import io.cartlog.schemas.value.Sku;
import org.jspecify.annotations.Nullable;

/// What a client wishes to happen to an account's cart.
public sealed interface CartCommand {

    /// Puts a product into the cart; if it is there, the quantities add up and the newest price
    /// holds.
    record AddItem(Sku sku, int quantity, Money unitPrice, @Nullable String category)
            implements CartCommand {}

    record SetQuantity(Sku sku, int quantity) implements CartCommand {}

    record RemoveItem(Sku sku) implements CartCommand {}

    /// Takes a product out of the cart and onto the saved list, where it replaces what was saved
    /// before.
    record SaveForLater(Sku sku) implements CartCommand {}

    /// Takes a product from the saved list into the cart. Quantity and price are those given here,
    /// else those it was saved with, else 1 and unknown.
    record MoveToCart(Sku sku, @Nullable Integer quantity, @Nullable Money unitPrice)
            implements CartCommand {}

    /// Saves a product that was not in the cart (S0-24).
    record SaveItem(Sku sku, @Nullable String category) implements CartCommand {}

    record RemoveSavedItem(Sku sku) implements CartCommand {}

    /// Turns the whole cart into one order.
    record CheckOut() implements CartCommand {}

    /// Records a line that an external till has sold or taken back.
    record RecordPurchase(
            OrderId orderId,
            Sku sku,
            @Nullable String description,
            int quantity,
            Money unitPrice,
            @Nullable String country,
            SaleKind kind)
            implements CartCommand {}
}
