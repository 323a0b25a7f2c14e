package io.cartlog.cli.shop;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.value.Sku;
import java.util.HashSet;
import java.util.Set;

/// Just enough of a cart to see that no rule would refuse a command.
final class PlayedCart {
    final Set<Sku> active = new HashSet<>();
    final Set<Sku> saved = new HashSet<>();
    int bought;

    void apply(CartCommand command) {
        switch (command) {
            case AddItem c -> active.add(c.sku());
            case SetQuantity c -> require(active.contains(c.sku()), command);
            case RemoveItem c -> require(active.remove(c.sku()), command);
            case SaveForLater c -> {
                require(active.remove(c.sku()), command);
                saved.add(c.sku());
            }
            case MoveToCart c -> {
                require(saved.remove(c.sku()) && c.unitPrice() != null, command);
                active.add(c.sku());
            }
            case SaveItem c -> saved.add(c.sku());
            case RemoveSavedItem c -> require(saved.remove(c.sku()), command);
            case CheckOut _ -> {
                require(!active.isEmpty(), command);
                bought += active.size();
                active.clear();
            }
            case ClearCart _ -> active.clear();
            case RecordPurchase _, Batch _, MergeCart _, UndoLast _, LookUp _, Message _ ->
                    require(false, command);
        }
    }

    private static void require(boolean allowed, CartCommand command) {
        if (!allowed) {
            throw new AssertionError("refused: " + command);
        }
    }
}
