package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.ClearCart;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.value.Sku;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Actions on a cart by their names, as they stand in lines of a batch and in `actions`.
final class Actions {
    static final String COMMAND = "command";

    private static final Map<String, Reader> ACTIONS =
            Map.of(
                    "AddItem",
                    CommandFields::addItem,
                    "SetQuantity",
                    f -> CommandFields.setQuantity(f, CommandFields.productId(f)),
                    "RemoveItem",
                    ofProduct(RemoveItem::new),
                    "SaveForLater",
                    ofProduct(SaveForLater::new),
                    "MoveToCart",
                    f -> CommandFields.moveToCart(f, CommandFields.productId(f)),
                    "SaveItem",
                    CommandFields::saveItem,
                    "RemoveSavedItem",
                    ofProduct(RemoveSavedItem::new),
                    "ClearCart",
                    _ -> ClearCart::new);

    private Actions() {}

    /// Reads the fields of an action.
    interface Reader extends CommandReader {
        @Override
        Supplier<? extends Action> read(JsonFields fields);
    }

    /// @throws IllegalArgumentException if no action has this name
    static Reader named(String command) {
        Reader reader = ACTIONS.get(command);
        if (reader == null) {
            throw new IllegalArgumentException("is no command: " + command);
        }
        return reader;
    }

    /// `{"actions":[{"command":"AddItem", ...}, ...]}`
    static Supplier<Batch> batch(JsonFields fields) {
        List<Supplier<? extends Action>> actions =
                fields.objects("actions", Batch.MOST).stream()
                        .<Supplier<? extends Action>>map(Actions::action)
                        .toList();
        return () -> new Batch(actions.stream().<Action>map(Supplier::get).toList());
    }

    private static Supplier<? extends Action> action(JsonFields fields) {
        Field<Reader> reader = fields.required(COMMAND, node -> named(JsonFields.text(node)));
        Reader known = reader.orNull();
        if (known == null) {
            fields.acceptAll();
            return () -> {
                throw new IllegalStateException("an action is used that was not checked");
            };
        }
        return known.read(fields);
    }

    private static Reader ofProduct(Function<Sku, Action> action) {
        return fields -> {
            Field<Sku> sku = CommandFields.productId(fields);
            return () -> action.apply(sku.value());
        };
    }
}
