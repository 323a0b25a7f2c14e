package io.cartlog.projection.rebuild;

import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.projection.view.Logged;
import io.cartlog.projection.view.Parking;
import io.cartlog.projection.view.ParkingWriter;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewTables.Bulk;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills a version out of the log, those partitions that this process reads: from where the
/// version's table says that it is, until each partition is so near to its end that it can be
/// handed over to who keeps the views.
///
/// Events are collected by the chunk and folded before anything is written, so that what happened
/// to a line in between costs nothing. It ends when there is nothing more to fill.
final class Filler {
    private static final Logger LOG = LoggerFactory.getLogger(Filler.class);

    /// With a budget, so many seconds of it are written at once: who watches sees it move.
    private static final int BUDGETED_SECONDS = 5;

    /// Who takes a partition over reads at most about so much of it twice.
    private static final long NEAR = 500;

    private static final Duration POLL = Duration.ofMillis(100);

    private final int version;
    private final int budget;
    private final int chunk;
    private final ViewTables tables;
    private final Handover handover;
    private final LogExtent log;
    private final Parking parking;
    private final FillProgress progress;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<Integer, Long> saved = new HashMap<>();
    private final Thread thread;
    private volatile boolean stopping;

    Filler(
            int version,
            int budget,
            int chunk,
            ViewTables tables,
            Handover handover,
            LogExtent log,
            Parking parking,
            FillProgress progress,
            IntFunction<Consumer<byte[], byte[]>> consumers) {
        this.version = version;
        this.budget = budget;
        this.chunk = budget == 0 ? chunk : (int) Math.min(chunk, (long) budget * BUDGETED_SECONDS);
        this.tables = tables;
        this.handover = handover;
        this.log = log;
        this.parking = parking;
        this.progress = progress;
        this.consumer = consumers.apply(this.chunk);
        this.thread = Thread.ofPlatform().name("filler-v" + version).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    void stop() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try (consumer) {
            tables.create(version);
            Bulk bulk = tables.bulk(version, budget);
            ViewStore store = bulk.store();
            ParkingWriter writer = new ParkingWriter(version, store, parking);
            String logId = log.id();
            Set<Integer> open = handover.toFill(version);
            while (!stopping && !open.isEmpty()) {
                assign(open, writer, logId);
                resume(writer);
                fill(bulk, writer);
                save(store, logId);
                offer();
                open = handover.toFill(version);
            }
            LOG.atInfo().addKeyValue("version", version).log("filled as far as it has to be");
        } catch (RuntimeException | InterruptedException e) {
            failed(e);
        }
    }

    private void failed(Exception e) {
        if (stopping) {
            LOG.atDebug().setCause(e).log("told to stop");
            return;
        }
        LOG.atError()
                .addKeyValue("version", version)
                .setCause(e)
                .log("the version cannot be filled; the live one goes on");
        handover.failed(version, String.valueOf(e.getMessage()));
    }

    private void assign(Set<Integer> partitions, ParkingWriter writer, String logId)
            throws InterruptedException {
        Set<TopicPartition> wanted =
                partitions.stream().map(Filler::topicPartition).collect(Collectors.toSet());
        Set<TopicPartition> added = new HashSet<>(wanted);
        added.removeAll(consumer.assignment());
        if (wanted.equals(consumer.assignment())) {
            return;
        }
        Set<TopicPartition> removed = new HashSet<>(consumer.assignment());
        removed.removeAll(wanted);
        consumer.assign(wanted);
        writer.revoked(removed.stream().map(TopicPartition::partition).toList());
        if (added.isEmpty()) {
            return;
        }
        Map<Integer, Position> known = new HashMap<>();
        writer.store().positions().forEach(position -> known.put(position.partition(), position));
        added.forEach(tp -> seek(tp, known, logId));
        added.forEach(tp -> progress.begins(tp.partition(), consumer.position(tp)));
    }

    private static TopicPartition topicPartition(int partition) {
        return new TopicPartition(Topics.EVENTS.name(), partition);
    }

    private void seek(TopicPartition tp, Map<Integer, Position> known, String logId) {
        Position position = known.get(tp.partition());
        if (position == null) {
            consumer.seekToBeginning(List.of(tp));
        } else if (position.log().equals(logId)) {
            consumer.seek(tp, position.offset());
        } else {
            throw new IllegalStateException(
                    "table " + tables.name(version) + " reflects another log; drop the version");
        }
    }

    /// Accounts that were parked and may go on are read again from where they are.
    private void resume(ParkingWriter writer) throws InterruptedException {
        Map<Integer, Long> positions = new HashMap<>();
        consumer.assignment().forEach(tp -> positions.put(tp.partition(), consumer.position(tp)));
        writer.resume(positions)
                .forEach((partition, from) -> consumer.seek(topicPartition(partition), from));
    }

    private void fill(Bulk bulk, ParkingWriter writer) throws InterruptedException {
        Map<AccountId, List<Logged>> found = new LinkedHashMap<>();
        int count = 0;
        ConsumerRecords<byte[], byte[]> records;
        do {
            records = consumer.poll(POLL);
            records.forEach(record -> collect(record, found));
            count += records.count();
        } while (!records.isEmpty() && count < chunk && !stopping);
        long writes = bulk.writes().getAsLong();
        long items = writer.write(found, _ -> progress.unreadable()).items();
        if (count > 0) {
            progress.wrote(count, items, bulk.writes().getAsLong() - writes);
        }
    }

    /// What cannot be read goes to the dead letters when the intake comes to it.
    private void collect(
            ConsumerRecord<byte[], byte[]> record, Map<AccountId, List<Logged>> found) {
        Logged logged = read(record);
        if (logged == null) {
            progress.unreadable();
            LOG.atDebug()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("unreadable record without an account is passed over");
        } else {
            found.computeIfAbsent(logged.account(), _ -> new ArrayList<>()).add(logged);
        }
    }

    private static @Nullable Logged read(ConsumerRecord<byte[], byte[]> record) {
        Place at = new Place(record.partition(), record.offset());
        try {
            if (record.value() == null) {
                throw new UnreadableRecordException("the record has no value");
            }
            return new Logged.Event(at, Topics.EVENTS.values().fromBytes(record.value()));
        } catch (UnreadableRecordException e) {
            AccountId account = account(record);
            return account == null
                    ? null
                    : new Logged.Unreadable(
                            at,
                            account,
                            Instant.ofEpochMilli(record.timestamp()),
                            String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable AccountId account(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null
                    ? null
                    : new AccountId(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private void save(ViewStore store, String logId) throws InterruptedException {
        for (TopicPartition tp : consumer.assignment()) {
            long offset = consumer.position(tp);
            Long before = saved.put(tp.partition(), offset);
            if (before == null || before != offset) {
                store.save(new Position(logId, tp.partition(), offset));
                progress.at(tp.partition(), offset);
            }
        }
    }

    private void offer() {
        consumer.endOffsets(consumer.assignment())
                .forEach((tp, end) -> {
                    long position = consumer.position(tp);
                    progress.remains(tp.partition(), end - position);
                    if (position >= end - NEAR) {
                        handover.offer(version, tp.partition(), position);
                    }
                });
    }
}
