package io.cartlog.benchmarks.sink;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.iceberg.CommitResult;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.LakeAppend;
import io.cartlog.sink.row.EventBytes;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeRow;
import io.cartlog.sink.row.Offsets;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// How fast one thread makes files of the bytes of events, by its own processor time.
final class FileSpeed {
    private static final int FILE_BYTES = 32 << 20;
    private static final int IN_MEMORY = 100_000;
    private static final int WARM_UP = 2;

    private final EventTable table;
    private final List<byte[]> records =
            LongStream.range(0, IN_MEMORY).mapToObj(ShopEvents::value).toList();
    private final EventBytes straight = new EventBytes();

    FileSpeed(EventTable table) {
        this.table = table;
    }

    private interface Way {
        LakeRow row(long offset, byte[] record);
    }

    /// Events read and checked in a second.
    long decode(long rows) {
        long checksum = decoded(IN_MEMORY);
        long before = nanos();
        checksum += decoded(rows);
        long perSecond = perSecond(rows, nanos() - before);
        if (checksum == 0) {
            throw new IllegalStateException("no event has an offset");
        }
        return perSecond;
    }

    private long decoded(long rows) {
        long checksum = 0;
        for (long n = 0; n < rows; n++) {
            checksum += straight(n, record(n)).kafkaOffset();
        }
        return checksum;
    }

    /// Rows in a second, straight out of the bytes.
    long bytesToFiles(long rows) {
        return files(rows, this::straight);
    }

    /// Rows in a second, with an object for each event and another for each row.
    long objectsToFiles(long rows) {
        return files(rows, FileSpeed::throughTheCodec);
    }

    private long files(long rows, Way way) {
        for (int i = 0; i < WARM_UP; i++) {
            commit(IN_MEMORY, way);
        }
        long before = nanos();
        commit(rows, way);
        return perSecond(rows, nanos() - before);
    }

    private void commit(long rows, Way way) {
        Offsets from = table.refresh().offsets();
        LakeAppend append = table.newAppend(FILE_BYTES);
        for (long n = 0; n < rows; n++) {
            append.add(way.row(from.of(0) + n, record(n)));
        }
        CommitResult result = table.commit(append, from, Offsets.of(Map.of(0, from.of(0) + rows)));
        if (!(result instanceof CommitResult.Committed)) {
            throw new IllegalStateException("the commit was refused: " + result);
        }
    }

    private byte[] record(long n) {
        return records.get((int) (n % IN_MEMORY));
    }

    private LakeRow straight(long offset, byte[] record) {
        if (!straight.read(0, offset, record)) {
            throw new IllegalStateException("an event does not go straight");
        }
        return straight;
    }

    private static LakeRow throughTheCodec(long offset, byte[] record) {
        return EventRow.of(0, offset, Topics.EVENTS.values().fromBytes(record));
    }

    private static long nanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long perSecond(long rows, long nanos) {
        return Math.round(rows * 1e9 / nanos);
    }
}
