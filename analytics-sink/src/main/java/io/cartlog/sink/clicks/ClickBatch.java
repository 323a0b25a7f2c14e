package io.cartlog.sink.clicks;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.sink.intake.DeadLetters;
import io.cartlog.sink.row.Offsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A part of the topic on its way into the warehouse.
final class ClickBatch implements ClickTopic.Reader {
    /// As many as are loaded at once, give or take a poll.
    private static final int MOST = 20_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(ClickBatch.class);

    private final Offsets from;
    private final DeadLetters deadLetters;
    private final List<ClickRow> rows = new ArrayList<>();
    private final Map<Integer, Long> unreadable = new HashMap<>();
    private long since;

    ClickBatch(Offsets from, DeadLetters deadLetters) {
        this.from = from;
        this.deadLetters = deadLetters;
    }

    Offsets from() {
        return from;
    }

    List<ClickRow> rows() {
        return rows;
    }

    /// How many records of a partition are no clicks.
    long unreadable(int partition) {
        return unreadable.getOrDefault(partition, 0L);
    }

    @Override
    public void click(ClickRow row) {
        rows.add(row);
    }

    @Override
    public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
        deadLetters.send(raw, why);
        unreadable.merge(raw.partition(), 1L, Long::sum);
        LOGGER.atWarn()
                .addKeyValue("topic", raw.topic())
                .addKeyValue("partition", raw.partition())
                .addKeyValue("offset", raw.offset())
                .log("a record cannot be read; it is in the dead letters");
    }

    /// How old the batch is, in nanoseconds; 0 while there is nothing in it.
    long age(Offsets position) {
        if (position.equals(from)) {
            return 0;
        }
        if (since == 0) {
            since = System.nanoTime();
        }
        return 1 + System.nanoTime() - since;
    }

    boolean isFull() {
        return rows.size() >= MOST;
    }
}
