package io.cartlog.sink.clicks;

/// The warehouse refused clicks, or is away.
final class ClickStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClickStoreException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
