package io.cartlog.projection.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does jobs side by side on a fixed number of threads.
final class Crew implements AutoCloseable {

    interface Job<T> {
        T run() throws InterruptedException;
    }

    private final ExecutorService threads;

    Crew(int size) {
        threads =
                Executors.newFixedThreadPool(
                        size, Thread.ofPlatform().daemon().name("dynamodb-", 0).factory());
    }

    /// Waits until all jobs have ended.
    ///
    /// @return results in the order of the jobs
    /// @throws RuntimeException what the first job threw that failed
    <T> List<T> all(List<Job<T>> jobs) throws InterruptedException {
        List<Callable<T>> calls = jobs.stream().<Callable<T>>map(job -> job::run).toList();
        List<T> results = new ArrayList<>(jobs.size());
        for (Future<T> future : threads.invokeAll(calls)) {
            results.add(result(future));
        }
        return results;
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
