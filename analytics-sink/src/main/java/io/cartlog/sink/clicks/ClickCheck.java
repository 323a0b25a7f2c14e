package io.cartlog.sink.clicks;

import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.sink.clicks.ClickReport.Difference;
import io.cartlog.sink.row.Offsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// One comparison of the topic of clicks with the warehouse, up to where the warehouse stands at
/// its start: every record has its row, or is a click that stands before; every row has its record.
/// It goes from range to range of offsets, so its memory is that of one range.
public final class ClickCheck {
    /// Is told how far it is.
    @FunctionalInterface
    public interface Listener {
        void progress(long done, long total);
    }

    private static final long RANGE = 10_000;
    private static final Duration POLL = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final ClickWarehouse warehouse;
    private final Listener listener;
    private final Offsets to;
    private final List<ClickReport.OfPartition> partitions = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private long read;
    private long unreadable;
    private long repeated;
    private long rows;

    public ClickCheck(String bootstrapServers, ClickWarehouse warehouse, Listener listener) {
        this.bootstrapServers = bootstrapServers;
        this.warehouse = warehouse;
        this.listener = listener;
        this.to = warehouse.ledger().offsets();
    }

    public ClickReport run() {
        to.next().forEach(this::check);
        warehouse.forEachDoubled(RANGE, this::doubled);
        return new ClickReport(
                List.copyOf(partitions),
                read,
                unreadable,
                repeated,
                read - unreadable - repeated,
                rows,
                List.copyOf(differences));
    }

    private void check(int partition, long end) {
        Ranges ranges = new Ranges(partition, end);
        Offsets target = Offsets.of(Map.of(partition, end));
        try (ClickTopic topic =
                ClickTopic.open(bootstrapServers, Offsets.of(Map.of(partition, 0L)))) {
            while (!topic.position().covers(target)) {
                topic.poll(POLL, ranges);
                listener.progress(read, to.sum());
            }
        }
        ranges.closeUpTo(end);
        partitions.add(new ClickReport.OfPartition(partition, 0, end, ranges.records));
    }

    private void doubled(ClickWarehouse.Doubled doubled) {
        long from = doubled.range() * RANGE;
        long end = Math.min(from + RANGE, to.of(doubled.partition()));
        if (from < end) {
            differences.add(
                    new Difference(
                            doubled.partition(),
                            from,
                            end,
                            "clicks that have a row before",
                            0,
                            doubled.rows()));
        }
    }

    /// The records of one partition, range by range.
    private final class Ranges implements ClickTopic.Reader {
        private final int partition;
        private final long end;
        private final Map<Long, ClickRow> expected = new HashMap<>();
        private long from;
        private long records;

        Ranges(int partition, long end) {
            this.partition = partition;
            this.end = end;
        }

        @Override
        public void click(ClickRow row) {
            if (row.kafkaOffset() < end) {
                closeUpTo(row.kafkaOffset() / RANGE * RANGE);
                expected.put(row.kafkaOffset(), row);
                count();
            }
        }

        @Override
        public void unreadable(ConsumerRecord<byte[], byte[]> raw, UnreadableRecordException why) {
            if (raw.offset() < end) {
                unreadable++;
                count();
            }
        }

        private void count() {
            records++;
            read++;
        }

        /// Compares the ranges that end there or before.
        void closeUpTo(long offset) {
            while (from < offset) {
                long next = Math.min(from + RANGE, end);
                compare(next);
                expected.clear();
                from = next;
            }
        }

        private void compare(long next) {
            Found found = new Found(expected);
            warehouse.forEachClick(partition, from, next, found::row);
            List<ClickRow> late = found.absent();
            long before = late.isEmpty() ? 0 : warehouse.repeated(late);
            repeated += before;
            rows += found.rows;
            differ(late.size() > before, "rows are missing", next, before, found);
            differ(found.surplus > 0, "rows that the log has not", next, before, found);
            differ(found.changed > 0, "rows differ in content", next, before, found);
        }

        private void differ(boolean does, String problem, long next, long before, Found found) {
            if (does) {
                differences.add(
                        new Difference(
                                partition,
                                from,
                                next,
                                problem,
                                expected.size() - before,
                                found.rows));
            }
        }
    }

    /// The warehouse's rows of a range beside those that should be there.
    private static final class Found {
        private final Map<Long, ClickRow> absent;
        private final Map<Long, ClickRow> expected;
        private long rows;
        private long surplus;
        private long changed;

        Found(Map<Long, ClickRow> expected) {
            this.expected = expected;
            this.absent = new HashMap<>(expected);
        }

        void row(ClickRow row) {
            rows++;
            if (absent.remove(row.kafkaOffset()) == null) {
                surplus++;
            } else if (!row.equals(expected.get(row.kafkaOffset()))) {
                changed++;
            }
        }

        List<ClickRow> absent() {
            return List.copyOf(absent.values());
        }
    }
}
