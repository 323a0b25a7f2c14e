package io.cartlog.projection.rebuild;

import io.cartlog.projection.view.Handover;
import io.cartlog.projection.view.LogExtent;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.ViewStore;
import io.cartlog.projection.view.ViewTables;
import io.cartlog.projection.view.ViewTables.Bulk;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.time.Duration;
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
            FillProgress progress,
            IntFunction<Consumer<byte[], byte[]>> consumers) {
        this.version = version;
        this.budget = budget;
        this.chunk = budget == 0 ? chunk : (int) Math.min(chunk, (long) budget * BUDGETED_SECONDS);
        this.tables = tables;
        this.handover = handover;
        this.log = log;
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
            String logId = log.id();
            Set<Integer> open = handover.toFill(version);
            while (!stopping && !open.isEmpty()) {
                assign(open, store, logId);
                fill(bulk);
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

    private void assign(Set<Integer> partitions, ViewStore store, String logId)
            throws InterruptedException {
        Set<TopicPartition> wanted =
                partitions.stream().map(Filler::topicPartition).collect(Collectors.toSet());
        Set<TopicPartition> added = new HashSet<>(wanted);
        added.removeAll(consumer.assignment());
        if (wanted.equals(consumer.assignment())) {
            return;
        }
        consumer.assign(wanted);
        if (added.isEmpty()) {
            return;
        }
        store.forgetHeads();
        Map<Integer, Position> known = new HashMap<>();
        store.positions().forEach(position -> known.put(position.partition(), position));
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

    private void fill(Bulk bulk) throws InterruptedException {
        Map<AccountId, List<RecordedEvent>> events = new LinkedHashMap<>();
        int count = 0;
        ConsumerRecords<byte[], byte[]> records;
        do {
            records = consumer.poll(POLL);
            records.forEach(record -> collect(record, events));
            count += records.count();
        } while (!records.isEmpty() && count < chunk && !stopping);
        long writes = bulk.writes().getAsLong();
        long items = bulk.store().write(events);
        if (count > 0) {
            progress.wrote(count, items, bulk.writes().getAsLong() - writes);
        }
    }

    /// What cannot be read went to the dead letters when it came.
    private void collect(
            ConsumerRecord<byte[], byte[]> record, Map<AccountId, List<RecordedEvent>> events) {
        if (record.value() == null) {
            progress.unreadable();
            return;
        }
        try {
            RecordedEvent event = Topics.EVENTS.values().fromBytes(record.value());
            events.computeIfAbsent(event.account(), _ -> new ArrayList<>()).add(event);
        } catch (UnreadableRecordException e) {
            progress.unreadable();
            LOG.atDebug()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .setCause(e)
                    .log("unreadable record is passed over");
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
