package io.cartlog.commands.intake;

import io.cartlog.commands.intake.JsonFields.Field;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.CommandId;

/// One line of a batch: a retail row, or a command on a cart by its name.
final class BatchLine {
    private static final String KEY = "idempotencyKey";
    private static final String ACCOUNT = "account";

    private static final String CHECK_OUT = "CheckOut";

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
                fields.required(Actions.COMMAND, node -> named(JsonFields.text(node)));
        if (account.orNull() == null || command.orNull() == null) {
            fields.refuseInvalid();
        }
        return CommandDesk.envelope(id(key), account.value(), null, fields, command.value());
    }

    private static CommandId id(Field<String> key) {
        return IdempotencyKey.of(key.orNull(), "field " + KEY);
    }

    private static CommandReader named(String command) {
        return command.equals(CHECK_OUT) ? _ -> CheckOut::new : Actions.named(command);
    }
}
