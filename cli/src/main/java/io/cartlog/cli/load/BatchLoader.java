package io.cartlog.cli.load;

import io.cartlog.cli.terminal.CommandFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Spreads lines over lanes by the hash of their account. One thread adds lines; a full lane makes
/// it wait, so memory is bounded.
final class BatchLoader implements AutoCloseable {
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<@Nullable Throwable> failure;
    private final Thread feeder = Thread.currentThread();

    BatchLoader(BatchClient client, Pace pace, Answers tally, Runnable onProgress) {
        this(client, pace, tally, onProgress, new AtomicReference<>());
    }

    private BatchLoader(
            BatchClient client,
            Pace pace,
            Answers tally,
            Runnable onProgress,
            AtomicReference<@Nullable Throwable> failure) {
        this.failure = failure;
        for (int i = 0; i < pace.lanes(); i++) {
            Lane lane = new Lane(pace.batch());
            lanes.add(lane);
            running.add(threads.submit(() -> run(lane, client, tally, onProgress)));
        }
    }

    /// Another way for lines of the same feeder: what fails on either ends both.
    BatchLoader beside(BatchClient client, Pace pace, Answers tally, Runnable onProgress) {
        return new BatchLoader(client, pace, tally, onProgress, failure);
    }

    private void run(Lane lane, BatchClient client, Answers tally, Runnable onProgress) {
        try {
            lane.drain(client, tally, onProgress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (failure.compareAndSet(null, e)) {
                // It may be waiting for room in this very lane.
                feeder.interrupt();
            }
        }
    }

    /// @throws CommandFailedException if a lane has failed
    void add(BatchLine line) {
        try {
            lanes.get(Math.floorMod(spread(line.account().hashCode()), lanes.size())).add(line);
        } catch (InterruptedException e) {
            throw stopped(e);
        }
    }

    /// Account numbers often differ in their last digits only.
    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    /// Returns when every line has been answered.
    ///
    /// @throws CommandFailedException if a lane has failed
    void finish() {
        try {
            for (Lane lane : lanes) {
                lane.end();
            }
            for (Future<?> lane : running) {
                lane.get();
            }
        } catch (InterruptedException e) {
            throw stopped(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a lane's failure escaped it", e);
        }
        Throwable trouble = failure.get();
        if (trouble != null) {
            throw failed(trouble);
        }
    }

    private RuntimeException stopped(InterruptedException e) {
        Throwable trouble = failure.get();
        if (trouble == null) {
            Thread.currentThread().interrupt();
            return new CommandFailedException("interrupted", e);
        }
        return failed(trouble);
    }

    private static RuntimeException failed(Throwable trouble) {
        // The lane's call for attention has been heard.
        Thread.interrupted();
        return trouble instanceof CommandFailedException told
                ? told
                : new IllegalStateException("a lane failed", trouble);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
