package io.cartlog.cli.bench;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One who sends a request, waits for its answer, and only then has time for the next.
public interface Sender extends AutoCloseable {

    /// @return null when it was answered as it should be, else what was wrong
    /// @throws IOException if there was no answer; the sender is of no use any more
    @Nullable String send() throws IOException;

    /// How many commands one request carries.
    int commands();

    @Override
    void close() throws IOException;

    /// Makes a sender of its own for each thread.
    interface Factory {
        Sender open() throws IOException;
    }
}
