package io.cartlog.projection.query;

import io.cartlog.projection.view.History;
import io.cartlog.projection.view.History.Subscription;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.value.AccountId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One client that follows an account's events. First it is given what the log has after the
/// version that it knows, then what comes, each version once and in order. One that does not read
/// as fast as it is written to is closed when its buffer is full; it comes again and says where it
/// was.
final class Subscriber {
    /// Events that are read from the log at once.
    private static final int PART = 100;

    /// How soon the end of the stream is noticed when nothing happens.
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final AccountId account;
    private final History history;
    private final Function<RecordedEvent, String> json;
    private final Duration heartbeat;
    private final BlockingQueue<RecordedEvent> buffer;
    private volatile boolean closed;
    private long last;

    Subscriber(
            AccountId account,
            long after,
            History history,
            Function<RecordedEvent, String> json,
            int bufferSize,
            Duration heartbeat) {
        this.account = account;
        this.last = after;
        this.history = history;
        this.json = json;
        this.buffer = new ArrayBlockingQueue<>(bufferSize);
        this.heartbeat = heartbeat;
    }

    /// Writes until the client goes, or is closed.
    ///
    /// @throws IOException when the client has gone
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        try (Subscription _ = history.follow(account, this::take)) {
            write(out, "retry: 1000\n\n");
            catchUp(out, history.latest(account));
            long idleSince = System.nanoTime();
            while (!closed) {
                RecordedEvent event = next();
                if (event != null) {
                    send(out, event);
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince >= heartbeat.toNanos()) {
                    write(out, ":\n\n");
                    idleSince = System.nanoTime();
                }
            }
        }
    }

    private void take(RecordedEvent event) {
        if (!buffer.offer(event)) {
            closed = true;
        }
    }

    /// Ends the stream at the next glance.
    void close() {
        closed = true;
    }

    private @Nullable RecordedEvent next() throws InterruptedException {
        Duration glance = heartbeat.compareTo(GLANCE) < 0 ? heartbeat : GLANCE;
        return buffer.poll(glance.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(OutputStream out, RecordedEvent event) throws IOException {
        catchUp(out, event.version() - 1);
        if (event.version() > last) {
            give(out, event);
        }
    }

    /// Reads a part whole before it writes it: others want to read the log, too.
    private void catchUp(OutputStream out, long to) throws IOException {
        while (last < to && !closed) {
            List<RecordedEvent> part = new ArrayList<>();
            history.read(account, last + 1, Math.min(to, last + PART), part::add);
            for (RecordedEvent event : part) {
                if (!closed) {
                    give(out, event);
                }
            }
        }
    }

    private void give(OutputStream out, RecordedEvent event) throws IOException {
        write(
                out,
                "id: %d\nevent: %s\ndata: %s\n\n"
                        .formatted(event.version(), event.event().type(), json.apply(event)));
        last = event.version();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
