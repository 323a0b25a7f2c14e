package io.cartlog.sink.row;

import org.jspecify.annotations.Nullable;

/// A file of the lake that cannot be loaded, whoever tries and however often: it is not there, is
/// no readable Parquet, or holds other rows than the table says. Not thrown while a store is away.
public final class FaultyFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FaultyFileException(String problem) {
        super(problem);
    }

    public FaultyFileException(String problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// What is wrong with it, in one line.
    public String problem() {
        return String.valueOf(getMessage());
    }
}
