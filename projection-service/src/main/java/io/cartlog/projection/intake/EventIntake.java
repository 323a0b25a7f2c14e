package io.cartlog.projection.intake;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.ParkingWriter.Written;
import io.cartlog.projection.view.Position;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.LogRecord;
import io.cartlog.service.tracing.Steps;
import io.cartlog.service.tracing.TraceParent;
import io.cartlog.service.tracing.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the log into the views: poll, write, remember the position.
///
/// One thread does everything, and it polls only when the batch before is durable, so that a
/// partition is never given away with a batch unfinished. Where to begin stands in the table beside
/// the views; the group's offsets are committed for those who watch the group, and never read. What
/// was applied already is known by the heads alone, so beginning too early does no harm.
final class EventIntake implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventIntake.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SAVE_EVERY = Duration.ofMillis(500);
    private static final Duration PATIENCE_ON_STOP = Duration.ofSeconds(10);

    private final Consumer<byte[], byte[]> consumer;
    private final EventLog log;
    private final VersionWriter views;
    private final DeadLetters deadLetters;
    private final IntakeProgress progress;
    private final Arrivals arrivals;
    private final Tracing tracing;
    private final Clock clock;
    private final Map<Integer, Long> done = new HashMap<>();
    private final Map<Integer, Long> saved = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("intake").unstarted(this::run);
    private String logId = "";
    private Instant savedAt = Instant.EPOCH;
    private volatile boolean stopping;

    EventIntake(
            Consumer<byte[], byte[]> consumer,
            EventLog log,
            VersionWriter views,
            DeadLetters deadLetters,
            IntakeProgress progress,
            Arrivals arrivals,
            Tracing tracing,
            Clock clock) {
        this.consumer = consumer;
        this.log = log;
        this.views = views;
        this.deadLetters = deadLetters;
        this.progress = progress;
        this.arrivals = arrivals;
        this.tracing = tracing;
        this.clock = clock;
    }

    void start() {
        progress.started();
        thread.start();
    }

    /// Finishes the batch at hand, if that does not take too long, and leaves the group.
    void stop() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        if (!thread.join(PATIENCE_ON_STOP)) {
            thread.interrupt();
            thread.join();
        }
    }

    private void run() {
        try (consumer) {
            logId = log.id();
            consumer.subscribe(List.of(Topics.EVENTS.name()), this);
            while (!stopping) {
                round();
            }
        } catch (WakeupException | InterruptException | InterruptedException e) {
            endedBy(e);
        } catch (RuntimeException e) {
            fail(reason(e), e);
        } finally {
            progress.stopped();
        }
    }

    private void round() throws InterruptedException {
        views.follow();
        takeOver();
        resume();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (!records.isEmpty()) {
            apply(records);
        }
        done();
        if (records.isEmpty() || clock.instant().isAfter(savedAt.plus(SAVE_EVERY))) {
            save(done);
        }
    }

    /// What is read again does no harm to the version that has it.
    private void takeOver() {
        readAgain(views.takeOver(done));
    }

    private void resume() throws InterruptedException {
        Map<Integer, Long> positions = new HashMap<>();
        consumer.assignment().forEach(tp -> positions.put(tp.partition(), consumer.position(tp)));
        readAgain(views.resume(positions));
    }

    private void readAgain(Map<Integer, Long> back) {
        back.forEach((partition, from) ->
                consumer.seek(new TopicPartition(Topics.EVENTS.name(), partition), from));
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
        Steps steps = followed(records);
        try {
            apply(new Batch(records));
            steps.end();
        } catch (RuntimeException e) {
            steps.fail(e);
            throw e;
        }
    }

    /// Steps of those events that somebody follows, which end when their views are durable.
    private Steps followed(ConsumerRecords<byte[], byte[]> records) {
        Steps steps = new Steps();
        if (tracing.isOn()) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Header trace = record.headers().lastHeader(TraceParent.HEADER);
                if (trace != null && !steps.isFull()) {
                    steps.add(tracing.work("project", trace.value(), place(record)));
                }
            }
        }
        return steps;
    }

    private static LogRecord place(ConsumerRecord<byte[], byte[]> record) {
        return new LogRecord(
                record.topic(), record.partition(), record.offset(), IntakeConfiguration.GROUP);
    }

    private void apply(Batch batch) throws InterruptedException {
        try {
            batch.nobodys().forEach(record -> deadLetters.send(record, noAccount(record)));
            deadLetters.flush();
            Written written = views.write(batch, parked -> putAside(batch, parked));
            wrote(written.applied().values(), written.items());
            written.applied()
                    .forEach(
                            (account, list) -> arrivals.arrived(account, list.getLast().version()));
        } catch (RuntimeException e) {
            throw new IllegalStateException(batch.coordinates() + ": " + e.getMessage(), e);
        }
    }

    private static String noAccount(ConsumerRecord<byte[], byte[]> record) {
        return LogRecords.trouble(record).orElseThrow() + "; its key is no account";
    }

    private void putAside(Batch batch, Parked parked) throws InterruptedException {
        deadLetters.send(batch.raw(parked.at()), parked.reason());
        deadLetters.flush();
    }

    private void wrote(Collection<List<RecordedEvent>> events, long items) {
        progress.wrote(events.stream().mapToInt(List::size).sum(), items);
        Instant now = clock.instant();
        events.forEach(list -> list.forEach(e -> progress.visible(e.recordedAt(), now)));
    }

    /// All that was polled is written. The position is after the last record, or after the marks of
    /// transactions that follow it; it may be before what was written already.
    private void done() throws InterruptedException {
        Map<Integer, Long> positions = new HashMap<>();
        for (TopicPartition assigned : consumer.assignment()) {
            int partition = assigned.partition();
            positions.put(partition, consumer.position(assigned));
            long furthest = done.merge(partition, consumer.position(assigned), Math::max);
            progress.applied(partition, furthest);
        }
        views.reached(positions);
    }

    private void save(Map<Integer, Long> positions) throws InterruptedException {
        views.saveBeside(logId);
        Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
        for (Map.Entry<Integer, Long> position : positions.entrySet()) {
            int partition = position.getKey();
            long offset = position.getValue();
            if (!position.getValue().equals(saved.get(partition))) {
                views.save(new Position(logId, partition, offset));
                saved.put(partition, offset);
                moved.put(
                        new TopicPartition(Topics.EVENTS.name(), partition),
                        new OffsetAndMetadata(offset));
            }
        }
        savedAt = clock.instant();
        if (!moved.isEmpty()) {
            consumer.commitAsync(moved, EventIntake::committed);
        }
    }

    private static void committed(
            Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        if (failure != null) {
            LOG.atDebug()
                    .addKeyValue("offsets", offsets)
                    .setCause(failure)
                    .log("the group's offsets are not committed; nothing depends on them");
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<Integer, Position> known = knownPositions(partitions);
        for (TopicPartition partition : partitions) {
            Position position = known.get(partition.partition());
            if (position == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset(position));
                saved.put(partition.partition(), position.offset());
            }
        }
        LOG.atInfo().addKeyValue("partitions", partitions).log("partitions assigned");
    }

    private Map<Integer, Position> knownPositions(Collection<TopicPartition> assigned) {
        try {
            return views.assigned(Set.copyOf(partitions(assigned))).stream()
                    .collect(Collectors.toMap(Position::partition, Function.identity()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private long offset(Position position) {
        if (!position.log().equals(logId)) {
            throw new IllegalStateException(
                    "the table reflects another log: its topic "
                            + Topics.EVENTS.name()
                            + " had the id "
                            + position.log()
                            + ", this one has "
                            + logId
                            + ". Fill a new table (cartlog.dynamodb.table) or delete this one");
        }
        return position.offset();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            save(done);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        progress.revoked(partitions(partitions));
        saved.keySet().removeAll(partitions(partitions));
        done.keySet().removeAll(partitions(partitions));
        views.revoked(partitions(partitions));
        LOG.atInfo().addKeyValue("partitions", partitions).log("partitions revoked");
    }

    private static List<Integer> partitions(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).toList();
    }

    /// What we threw inside a callback comes wrapped by the consumer.
    private static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return e instanceof KafkaException && cause != null
                ? reason(cause)
                : String.valueOf(e.getMessage());
    }

    private void endedBy(Exception e) {
        if (!stopping) {
            fail("interrupted", e);
        }
    }

    private void fail(String coordinates, Exception e) {
        progress.failed(coordinates);
        LOG.atError()
                .addKeyValue("coordinates", coordinates)
                .setCause(e)
                .log("the projection has stopped; somebody must look at it");
    }
}
