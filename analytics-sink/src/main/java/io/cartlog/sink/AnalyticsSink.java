package io.cartlog.sink;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.service.tracing.Steps;
import io.cartlog.sink.iceberg.CommitResult.Committed;
import io.cartlog.sink.iceberg.CommitResult.Refused;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.LakeAppend;
import io.cartlog.sink.iceberg.LakeState;
import io.cartlog.sink.intake.DeadLetters;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.row.EventBytes;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeRow;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes events from the log into the lake, each once.
///
/// The position is nowhere but in the table: the sink begins where the table stands, and whatever
/// goes wrong on the way (a store that is away, a commit whose answer is lost, a faster writer,
/// partitions that go to another sink), it drops what it has in hand and begins there again.
public final class AnalyticsSink implements AutoCloseable {
    /// When the open files go into the table.
    ///
    /// @param bytes a file that has grown so large is closed and the next one begun
    /// @param age longest time from the first unsaved record to its commit
    public record Roll(long bytes, Duration age) {}

    private static final Logger LOGGER = LoggerFactory.getLogger(AnalyticsSink.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Another sink may have committed, of which nobody tells.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration LATE = Duration.ofHours(1);
    private static final Duration LOOK_WHEN_ASKED = Duration.ofMillis(200);

    private final EventLog log;
    private final EventTable lake;
    private final DeadLetters deadLetters;
    private final Roll roll;
    private final FollowedEvents followed;
    private final Consumer<LakeState> onCommit;

    private final Thread thread = Thread.ofPlatform().name("sink").unstarted(this::run);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Queue<Flush> flushes = new ConcurrentLinkedQueue<>();
    private final EventBytes bytes = new EventBytes();
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private volatile LakeState state = LakeState.EMPTY;
    private volatile @Nullable String failure;
    private @Nullable Offsets unanswered;
    private long looked;

    /// @param log opened at any position
    /// @param onCommit is told of every state of the lake that the sink sees
    AnalyticsSink(
            EventLog log,
            EventTable lake,
            DeadLetters deadLetters,
            Roll roll,
            FollowedEvents followed,
            Consumer<LakeState> onCommit) {
        this.log = log;
        this.lake = lake;
        this.deadLetters = deadLetters;
        this.roll = roll;
        this.followed = followed;
        this.onCommit = onCommit;
    }

    public void start() {
        thread.start();
    }

    /// The partitions of the log that this sink reads, alone or with others.
    public Set<Integer> partitions() {
        return log.partitions();
    }

    /// The lake as the sink saw it last.
    public LakeState state() {
        return state;
    }

    /// What keeps the sink from going on; null when nothing does.
    public @Nullable String failure() {
        return failure;
    }

    /// Whether the sink works, or tries to.
    boolean isAlive() {
        return thread.isAlive();
    }

    /// Rows written since the start, those of dropped commits included.
    public long rowsWritten() {
        return rows.get();
    }

    public long unreadableRecords() {
        return unreadable.get();
    }

    public long refusedCommits() {
        return refused.get();
    }

    public long commits() {
        return commits.get();
    }

    /// Of [#rowsWritten], those that happened more than an hour before they were recorded. They lie
    /// in the hour of the log that they came in.
    public long lateRows() {
        return late.get();
    }

    /// Commits what the log holds up to `target`: at once what this sink reads; what others read,
    /// they commit in their own time.
    ///
    /// @param target not beyond the end of the log, in some of [#partitions]
    /// @return done when the lake holds it all
    public CompletableFuture<LakeState> flush(Offsets target) {
        Flush flush = new Flush(target, new CompletableFuture<>());
        flushes.add(flush);
        return flush.done;
    }

    /// Stops. What is not committed is dropped: it is still in the log.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        deadLetters.close();
    }

    private void run() {
        while (isOpen()) {
            try {
                follow();
            } catch (RuntimeException e) {
                failure = e.toString();
                LOGGER.atWarn().setCause(e).log("the lake is not written; trying again");
                pause();
            } catch (Error e) {
                failure = "stopped for good: " + e;
                throw e;
            }
        }
    }

    private void follow() {
        Interval interval = beginWhereTheTableStands();
        while (isOpen()) {
            log.poll(POLL, interval);
            interval = log.isReassigned() ? beginWhereTheTableStands() : commitIfDue(interval);
            lookAtTheTable();
            answerFlushes();
        }
    }

    private Interval beginWhereTheTableStands() {
        see(lake.refresh());
        Offsets from = state.offsets().in(log.position());
        tellOfTheUnanswered(from);
        log.seek(from);
        return new Interval(from);
    }

    private Interval commitIfDue(Interval interval) {
        Offsets position = log.position();
        return interval.isDue(position) ? commit(interval, position) : interval;
    }

    private Interval commit(Interval interval, Offsets position) {
        deadLetters.flush();
        unanswered = position;
        var result = lake.commit(interval.append, interval.from, position);
        unanswered = null;
        return switch (result) {
            case Committed(LakeState now) -> {
                commits.incrementAndGet();
                followed.committed(interval.steps, now.sequenceNumber());
                see(now);
                yield new Interval(position);
            }
            case Refused(Offsets found) -> {
                refused.incrementAndGet();
                LOGGER.atWarn()
                        .addKeyValue("expected", interval.from)
                        .addKeyValue("found", found)
                        .log("a commit was refused: another sink was faster");
                yield beginWhereTheTableStands();
            }
        };
    }

    private void lookAtTheTable() {
        Duration every = flushes.isEmpty() ? LOOK : LOOK_WHEN_ASKED;
        if (System.nanoTime() - looked >= every.toNanos()) {
            see(lake.refresh());
        }
    }

    private void see(LakeState now) {
        looked = System.nanoTime();
        state = now;
        failure = null;
        onCommit.accept(now);
    }

    private void tellOfTheUnanswered(Offsets found) {
        if (unanswered != null) {
            LOGGER.atInfo()
                    .addKeyValue("committed", found.covers(unanswered))
                    .log("looked up a commit whose answer was lost");
            unanswered = null;
        }
    }

    private void answerFlushes() {
        flushes.removeIf(
                flush -> state.offsets().covers(flush.target) && flush.done.complete(state));
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause() {
        try {
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Flush(Offsets target, CompletableFuture<LakeState> done) {}

    /// A part of the log on its way into one commit.
    private final class Interval implements EventLog.Reader {
        private final Offsets from;
        private final LakeAppend append = lake.newAppend(roll.bytes());
        private final Steps steps = new Steps();
        private long since;

        Interval(Offsets from) {
            this.from = from;
        }

        @Override
        public void traced(int partition, long offset, byte[] traceParent) {
            if (!steps.isFull()) {
                steps.add(followed.read(partition, offset, traceParent));
            }
        }

        @Override
        public boolean takes(int partition, long offset, byte[] value) {
            boolean isPlain = bytes.read(partition, offset, value);
            if (isPlain) {
                add(bytes, bytes.occurredMillis());
            }
            return isPlain;
        }

        @Override
        public void event(int partition, long offset, RecordedEvent event) {
            add(row(partition, offset, event), event.occurredAt().toEpochMilli());
        }

        private void add(LakeRow row, long occurredMillis) {
            append.add(row);
            rows.incrementAndGet();
            if (row.recordedMillis() - occurredMillis > LATE.toMillis()) {
                late.incrementAndGet();
            }
        }

        @Override
        public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
            deadLetters.send(raw, why);
            unreadable.incrementAndGet();
            LOGGER.atWarn()
                    .addKeyValue("topic", raw.topic())
                    .addKeyValue("partition", raw.partition())
                    .addKeyValue("offset", raw.offset())
                    .log("a record cannot be read; it is in the dead letters");
        }

        /// Whether there is anything to commit, and it is old enough or somebody waits for it.
        boolean isDue(Offsets position) {
            if (position.equals(from)) {
                return false;
            }
            if (since == 0) {
                since = System.nanoTime();
            }
            return System.nanoTime() - since >= roll.age().toNanos()
                    || flushes.stream().anyMatch(flush -> isWanted(flush, position));
        }

        /// Whether this commit would bring the flush's part in these partitions to its end.
        private boolean isWanted(Flush flush, Offsets position) {
            Offsets part = flush.target.in(position);
            return position.covers(part) && !from.covers(part);
        }

        private static EventRow row(int partition, long offset, RecordedEvent event) {
            try {
                return EventRow.of(partition, offset, event);
            } catch (IllegalArgumentException e) {
                throw new IllegalStateException(
                        "an impossible event at cart.events-%d@%d: %s"
                                .formatted(partition, offset, e.getMessage()),
                        e);
            }
        }
    }
}
