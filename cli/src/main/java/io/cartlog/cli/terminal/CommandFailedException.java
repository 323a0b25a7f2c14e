package io.cartlog.cli.terminal;

import org.jspecify.annotations.Nullable;

/// Ends a command with [ExitCode#FAILED]; the message says to a person what went wrong and, where
/// there is something, what to do.
public class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailedException(String message) {
        super(message);
    }

    public CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
