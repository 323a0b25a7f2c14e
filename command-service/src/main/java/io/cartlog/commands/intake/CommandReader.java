package io.cartlog.commands.intake;

import io.cartlog.schemas.command.CartCommand;
import java.util.function.Supplier;

/// Reads a command's fields.
interface CommandReader {
    /// @return what makes the command once the fields are checked
    Supplier<? extends CartCommand> read(JsonFields fields);
}
