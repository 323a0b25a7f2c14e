package io.cartlog.localstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The start of one server beside the others', on a thread of its own that ends with the JVM: a
/// server that never comes up is told, not waited for.
record Starter(String name, Thread thread, FutureTask<AutoCloseable> server) {
    static Starter of(Part part, Callable<AutoCloseable> start) {
        String name = part.name().toLowerCase(Locale.ROOT);
        FutureTask<AutoCloseable> server = new FutureTask<>(start);
        return new Starter(
                name, Thread.ofPlatform().daemon().name("start-" + name).start(server), server);
    }

    AutoCloseable await(Instant limit)
            throws ExecutionException, InterruptedException, TimeoutException {
        Duration left = Duration.between(Instant.now(), limit);
        return server.get(Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
    }

    /// What is wrong when the limit has passed; its stack trace is where the start stands.
    LocalStackException late(TimeoutException cause) {
        LocalStackException late =
                new LocalStackException(name + " did not start in time; it stands here", cause);
        late.setStackTrace(thread.getStackTrace());
        return late;
    }
}
