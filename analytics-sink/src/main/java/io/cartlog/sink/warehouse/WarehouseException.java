package io.cartlog.sink.warehouse;

import java.sql.SQLException;

/// The warehouse refused, or is away.
public final class WarehouseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WarehouseException(String message) {
        super(message);
    }

    WarehouseException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }

    /// Whether the warehouse was there and said no to what it was asked.
    boolean isRefusal() {
        return getCause() instanceof SQLException trouble && !SqlStates.isAway(trouble);
    }
}
