package io.cartlog.projection.intake;

import io.cartlog.projection.view.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The positions that stand in the table of a version, for those who cannot wait for a store that
/// is away: they get what was seen last. A position goes forwards only, so what was seen is never
/// too much.
final class SavedPositions {
    private final Table table;
    private final Duration patience;
    private @Nullable Reading reading;
    private Seen seen = new Seen(0, Map.of());

    /// Answers when the store does.
    interface Table {
        List<Position> positions(int version) throws InterruptedException;
    }

    private record Reading(int version, CompletableFuture<Void> done) {}

    private record Seen(int version, Map<Integer, Long> offsets) {}

    /// @param patience how long an answer is waited for
    SavedPositions(Table table, Duration patience) {
        this.table = table;
        this.patience = patience;
    }

    /// Offsets of the next record by partition; none of a version that the store has not told of.
    Map<Integer, Long> of(int version) throws InterruptedException {
        try {
            reading(version).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // What was seen last.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return last(version);
    }

    /// One at a time: a store that is away is not asked more and more.
    private synchronized CompletableFuture<Void> reading(int version) {
        Reading last = reading;
        if (last != null && last.version == version && !last.done.isDone()) {
            return last.done;
        }
        Reading next = new Reading(version, new CompletableFuture<>());
        reading = next;
        Thread.ofVirtual().name("positions").start(() -> read(next));
        return next.done;
    }

    private void read(Reading one) {
        try {
            saw(one.version, table.positions(one.version));
            one.done.complete(null);
        } catch (InterruptedException | RuntimeException e) {
            one.done.completeExceptionally(e);
        }
    }

    private synchronized void saw(int version, List<Position> positions) {
        Map<Integer, Long> offsets = new HashMap<>();
        positions.forEach(position -> offsets.put(position.partition(), position.offset()));
        seen = new Seen(version, Map.copyOf(offsets));
    }

    private synchronized Map<Integer, Long> last(int version) {
        return seen.version == version ? seen.offsets : Map.of();
    }
}
