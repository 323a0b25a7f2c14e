package io.cartlog.sink;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.LogRecord;
import io.cartlog.service.tracing.Step;
import io.cartlog.service.tracing.Steps;
import io.cartlog.service.tracing.Tracing;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Events that somebody follows, on their way from the log through the lake into the warehouse.
/// What reads the log, and drops what it has read, holds the first part of the way itself.
final class FollowedEvents {
    private final Tracing tracing;
    private final Queue<InTheLake> inTheLake = new ArrayDeque<>();

    /// @param sequenceNumber of the snapshot that holds them
    private record InTheLake(long sequenceNumber, Steps loads) {}

    FollowedEvents(Tracing tracing) {
        this.tracing = tracing;
    }

    /// A record has been read.
    ///
    /// @return null if nobody follows it
    @Nullable Step read(int partition, long offset, byte[] traceParent) {
        return tracing.work(
                "lake commit",
                traceParent,
                new LogRecord(Topics.EVENTS.name(), partition, offset, null));
    }

    /// The lake holds them.
    synchronized void committed(Steps commits, long sequenceNumber) {
        if (commits.size() == 0) {
            return;
        }
        Steps loads = new Steps();
        commits.forEach(commit -> {
            commit.put("cartlog.lake.sequence_number", sequenceNumber);
            loads.add(tracing.after(commit, "warehouse load"));
        });
        commits.end();
        if (waiting() + loads.size() <= Steps.MOST) {
            inTheLake.add(new InTheLake(sequenceNumber, loads));
        }
    }

    /// While the warehouse is away, only the first ones are followed any further.
    private int waiting() {
        return inTheLake.stream().mapToInt(it -> it.loads().size()).sum();
    }

    /// The warehouse holds what the lake held in this snapshot.
    synchronized void loaded(long sequenceNumber) {
        InTheLake oldest = inTheLake.peek();
        while (oldest != null && oldest.sequenceNumber() <= sequenceNumber) {
            oldest.loads().end();
            inTheLake.remove();
            oldest = inTheLake.peek();
        }
    }
}
