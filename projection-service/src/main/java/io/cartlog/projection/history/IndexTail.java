package io.cartlog.projection.history;

import io.cartlog.projection.view.Arrivals;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the whole log into the index: poll, write, tell. Every instance reads all partitions, so
/// that each can answer for any account.
final class IndexTail {
    private static final Logger LOG = LoggerFactory.getLogger(IndexTail.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Records of one poll.
    static final int MOST = 5_000;

    /// More of a poll than this is of a log that is behind.
    private static final int MANY = MOST / 10;

    /// A busy log would be fetched transaction by transaction. A broker that collects for so long
    /// instead of us does it for an idle log too: 50 fetches a second for nothing.
    private static final Duration COLLECTING = Duration.ofMillis(15);

    private final Consumer<byte[], byte[]> consumer;
    private final EventIndex index;
    private final Followers followers;
    private final Arrivals arrivals;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("history").unstarted(this::run);
    private volatile @Nullable RuntimeException failure;
    private volatile boolean stopping;

    IndexTail(
            Consumer<byte[], byte[]> consumer,
            EventIndex index,
            Followers followers,
            Arrivals arrivals) {
        this.consumer = consumer;
        this.index = index;
        this.followers = followers;
        this.arrivals = arrivals;
    }

    void start() {
        thread.start();
    }

    void stop() throws InterruptedException {
        stopping = true;
        consumer.wakeup();
        thread.join();
    }

    /// Open once all is indexed that stood in the log at the start.
    CountDownLatch caughtUp() {
        return caughtUp;
    }

    /// What has ended the reading; null while it goes on.
    @Nullable RuntimeException failure() {
        return failure;
    }

    private void run() {
        try (consumer) {
            List<TopicPartition> partitions = begin();
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (!stopping) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    caughtUp.countDown();
                }
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                take(records);
                if (!records.isEmpty() && records.count() < MANY) {
                    LockSupport.parkNanos(COLLECTING.toNanos());
                }
            }
        } catch (RuntimeException e) {
            ended(e);
        }
    }

    private List<TopicPartition> begin() {
        List<TopicPartition> partitions =
                consumer.partitionsFor(Topics.EVENTS.name()).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
        consumer.assign(partitions);
        for (TopicPartition partition : partitions) {
            index.position(partition.partition())
                    .ifPresentOrElse(
                            offset -> consumer.seek(partition, offset),
                            () -> consumer.seekToBeginning(List.of(partition)));
        }
        return partitions;
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        List<RecordedEvent> events = new ArrayList<>(records.count());
        List<Pointer> pointers = new ArrayList<>(records.count());
        for (ConsumerRecord<byte[], byte[]> found : records) {
            RecordedEvent event = read(found);
            if (event != null) {
                events.add(event);
                pointers.add(pointer(found, event));
            }
        }
        index.write(pointers, positions(records));
        events.forEach(this::tell);
    }

    private Map<Integer, Long> positions(ConsumerRecords<byte[], byte[]> records) {
        Map<Integer, Long> positions = new HashMap<>();
        records.partitions().forEach(tp -> positions.put(tp.partition(), consumer.position(tp)));
        return positions;
    }

    /// Null for what nobody can read; the intake of the views puts it aside.
    private static @Nullable RecordedEvent read(ConsumerRecord<byte[], byte[]> found) {
        if (found.value() == null) {
            return null;
        }
        try {
            return Topics.EVENTS.values().fromBytes(found.value());
        } catch (UnreadableRecordException e) {
            LOG.atDebug()
                    .addKeyValue("partition", found.partition())
                    .addKeyValue("offset", found.offset())
                    .setCause(e)
                    .log("an unreadable record is no part of any history");
            return null;
        }
    }

    private static Pointer pointer(ConsumerRecord<byte[], byte[]> found, RecordedEvent event) {
        return new Pointer(
                event.account(),
                event.version(),
                found.partition(),
                found.offset(),
                event.recordedAt().toEpochMilli());
    }

    private void tell(RecordedEvent event) {
        arrivals.arrived(event.account(), event.version());
        followers.tell(event);
    }

    private void ended(RuntimeException e) {
        if (!stopping) {
            failure = e;
            LOG.atError()
                    .setCause(e)
                    .log("the history is no longer read; somebody must look at it");
        }
    }
}
