package io.cartlog.sink.warehouse;

/// The warehouse refused, or is away.
public final class WarehouseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WarehouseException(String message) {
        super(message);
    }

    WarehouseException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
