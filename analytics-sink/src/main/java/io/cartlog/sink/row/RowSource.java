package io.cartlog.sink.row;

import java.util.function.Consumer;

/// Rows that are read when somebody takes them, each time anew.
@FunctionalInterface
public interface RowSource {
    /// Hands every row to `taker`, in the order in which they stand.
    void forEach(Consumer<EventRow> taker);
}
