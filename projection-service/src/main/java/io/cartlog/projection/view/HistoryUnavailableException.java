package io.cartlog.projection.view;

import org.jspecify.annotations.Nullable;

/// The log, or the index of it, does not answer at the moment; asking again later may help.
public final class HistoryUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HistoryUnavailableException(String message) {
        this(message, null);
    }

    public HistoryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
