package io.cartlog.cli.stack;

/// The stack could not be started or stopped. The message is for the person at the terminal and may
/// have several lines (the end of a log).
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StackException(String message) {
        super(message);
    }

    StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
