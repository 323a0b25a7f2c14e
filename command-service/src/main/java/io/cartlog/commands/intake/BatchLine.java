package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Sku;
import java.util.Map;
import java.util.function.Function;

/// One line of a batch: a retail row, or a command on a cart by its name.
final class BatchLine {
    private static final String KEY = "idempotencyKey";
    private static final String ACCOUNT = "account";
    private static final String COMMAND = "command";

    private static final Map<String, CommandReader> COMMANDS =
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
                    "CheckOut",
                    _ -> CheckOut::new);

    private BatchLine() {}

    /// @throws ProblemException if the line is no command
    static CommandEnvelope read(byte[] bytes, int offset, int length) {
        JsonFields fields = JsonFields.parse(bytes, offset, length);
        Field<String> key = fields.optional(KEY, JsonFields::text);
        if (fields.has(RetailRow.INVOICE)) {
            RetailRow row = RetailRow.read(fields);
            return new CommandEnvelope(id(key), row.account(), row.occurredAt(), row.purchase());
        }
        Field<String> account = fields.required(ACCOUNT, JsonFields::text);
        Field<CommandReader> command =
                fields.required(COMMAND, node -> named(JsonFields.text(node)));
        if (account.orNull() == null || command.orNull() == null) {
            fields.refuseInvalid();
        }
        return CommandDesk.envelope(id(key), account.value(), fields, command.value());
    }

    private static CommandId id(Field<String> key) {
        return IdempotencyKey.of(key.orNull(), "field " + KEY);
    }

    private static CommandReader named(String command) {
        CommandReader reader = COMMANDS.get(command);
        if (reader == null) {
            throw new IllegalArgumentException("is no command: " + command);
        }
        return reader;
    }

    private static CommandReader ofProduct(Function<Sku, CartCommand> command) {
        return fields -> {
            Field<Sku> sku = CommandFields.productId(fields);
            return () -> command.apply(sku.value());
        };
    }
}
