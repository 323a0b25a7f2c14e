package io.cartlog.sink.kinesis;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.sink.export.RowText;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.Offsets;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/// Relays the event log to a Kinesis stream: each event at least once, an account's events in their
/// order.
///
/// The position is kept in the log's group after the stream has everything before it, under the id
/// of the log, so that an offset which came there otherwise stops the relay instead of being taken
/// for what the stream has. Several relays share the partitions; whoever takes one over begins
/// where the position is, so after a crash some events come again. Their id, and their place in the
/// log, tell.
public final class StreamRelay implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(StreamRelay.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EventLog log;
    private final String logId;
    private final UnaryOperator<List<Outbox.Parcel>> stream;
    private final Runnable onClose;
    private final Thread thread = Thread.ofPlatform().name("relay").unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private volatile @Nullable String failure;

    /// @param log shared in a group of its own
    /// @param logId of its topic
    /// @param stream takes parcels, and gives those that it has
    /// @param onClose lets go of the stream
    StreamRelay(
            EventLog log,
            String logId,
            UnaryOperator<List<Outbox.Parcel>> stream,
            Runnable onClose) {
        this.log = log;
        this.logId = logId;
        this.stream = stream;
        this.onClose = onClose;
    }

    /// @param log shared in a group of its own
    /// @param logId of its topic
    public static StreamRelay to(RelaySettings settings, EventLog log, String logId) {
        EventStream stream = EventStream.open(settings);
        return new StreamRelay(log, logId, stream::put, stream::close);
    }

    public void start() {
        thread.start();
    }

    /// Events that the stream has taken since the start.
    public long events() {
        return events.get();
    }

    /// Records that had to be sent again since the start.
    public long retries() {
        return retries.get();
    }

    /// What keeps the relay from going on; null when nothing does.
    public @Nullable String failure() {
        return failure;
    }

    /// Stops. What the stream has not confirmed is sent again by the next relay.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        onClose.run();
    }

    private void run() {
        while (isOpen()) {
            try {
                follow();
            } catch (RuntimeException e) {
                failure = e.toString();
                LOGGER.atWarn().setCause(e).log("events are not relayed; trying again");
                pause(LONGEST_PAUSE);
            } catch (Error e) {
                failure = "stopped for good: " + e;
                throw e;
            }
        }
    }

    private void follow() {
        Offsets kept = beginWhereTheGroupStands();
        while (isOpen()) {
            Outbox outbox = new Outbox();
            log.poll(POLL, new Lines(outbox));
            if (log.isReassigned()) {
                kept = beginWhereTheGroupStands();
            } else if (log.position().equals(kept)) {
                failure = null;
            } else if (isSent(outbox)) {
                kept = log.position();
                log.keep(kept, logId);
                failure = null;
            }
        }
    }

    /// What was read and not kept may be another relay's by now.
    private Offsets beginWhereTheGroupStands() {
        Offsets kept = log.kept(logId);
        log.seek(kept);
        return kept;
    }

    /// Sends until the stream has everything.
    ///
    /// @return false if the relay is closed before
    private boolean isSent(Outbox outbox) {
        Duration pause = SHORTEST_PAUSE;
        while (!outbox.isEmpty() && isOpen()) {
            List<Outbox.Parcel> request = outbox.next();
            List<Outbox.Parcel> taken = taken(request);
            taken.forEach(parcel -> {
                outbox.delivered(parcel);
                events.addAndGet(parcel.lines());
            });
            if (taken.size() == request.size()) {
                pause = SHORTEST_PAUSE;
            } else {
                retries.addAndGet(request.size() - taken.size());
                pause(pause);
                pause = longer(pause);
            }
        }
        return outbox.isEmpty();
    }

    private List<Outbox.Parcel> taken(List<Outbox.Parcel> request) {
        try {
            return stream.apply(request);
        } catch (SdkException e) {
            failure = e.toString();
            LOGGER.atWarn().setCause(e).log("the stream did not answer; trying again");
            return List.of();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            var _ = closing.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Events as lines of JSON, with the columns of the lake. What cannot be read is a dead letter
    /// of the sink's already, and passed over here.
    private record Lines(Outbox outbox) implements EventLog.Reader {
        @Override
        public void event(int partition, long offset, RecordedEvent event) {
            String line = RowText.json(EventRow.of(partition, offset, event)) + "\n";
            outbox.add(event.account().value(), line.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
            LOGGER.atWarn()
                    .addKeyValue("topic", raw.topic())
                    .addKeyValue("partition", raw.partition())
                    .addKeyValue("offset", raw.offset())
                    .log("a record cannot be read and is not relayed");
        }
    }
}
