package io.cartlog.sink.verify;

import io.cartlog.sink.iceberg.StoredFile;
import io.cartlog.sink.intake.EventLog;
import io.cartlog.sink.row.EventDigest;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.verify.Report.Difference;
import io.cartlog.sink.verify.Report.LakePart;
import io.cartlog.sink.verify.Report.WarehousePart;
import io.cartlog.sink.warehouse.Contents;
import io.cartlog.sink.warehouse.QuarantinedFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// One comparison of log, lake and warehouse, up to where the lake stands at its start. What comes
/// in meanwhile is not looked at.
final class Reconciliation {
    /// Is told how far it is.
    @FunctionalInterface
    interface Listener {
        void progress(String stage, long done, long total);
    }

    private static final int DIFFERENCES_IN_FULL = 100;
    private static final long ROWS_BETWEEN_NEWS = 20_000;

    private final String bootstrapServers;
    private final Consumer<Consumer<Contents>> warehouse;
    private final Listener listener;
    private final Offsets to;
    private final List<StoredFile> files;
    private final List<Difference> differences = new ArrayList<>();

    /// @param to offsets that the files reach, and the warehouse should
    /// @param files all of the lake
    /// @param warehouse lets its contents be read
    Reconciliation(
            String bootstrapServers,
            Offsets to,
            List<StoredFile> files,
            Consumer<Consumer<Contents>> warehouse,
            Listener listener) {
        this.bootstrapServers = bootstrapServers;
        this.to = to;
        this.files = files;
        this.warehouse = warehouse;
        this.listener = listener;
    }

    Report run() {
        LogSide log = readLog();
        Tallies lake = readLake();
        Tallies loaded = readWarehouse();
        compareEvents("lake", log.tallies(), lake);
        compareEvents("warehouse", log.tallies(), loaded);
        compareOrderLines(log.tallies(), loaded);
        return new Report(
                log.part(to),
                lakePart(lake),
                warehousePart(loaded),
                Report.days(log.tallies(), lake, loaded),
                differences.stream().limit(DIFFERENCES_IN_FULL).toList(),
                differences.size(),
                null);
    }

    private LogSide readLog() {
        LogSide log = new LogSide();
        Offsets start = Offsets.START.in(to);
        EventLog.readAll(
                bootstrapServers,
                start,
                to,
                () -> listener.progress("log", log.read(), to.sum()),
                log);
        return log;
    }

    private long rowsInTheLake() {
        return files.stream().mapToLong(StoredFile::rowCount).sum();
    }

    private Tallies readLake() {
        Tallies all = new Tallies();
        Counter counter = new Counter("lake");
        for (StoredFile file : files) {
            Tallies ofFile = new Tallies();
            try {
                file.rows().forEach(row -> counter.count(row, ofFile));
                all.add(ofFile);
            } catch (RuntimeException e) {
                unreadable(file, e);
            }
        }
        counter.done();
        return all;
    }

    private Tallies readWarehouse() {
        Tallies all = new Tallies();
        warehouse.accept(contents -> {
            nameTheQuarantined(contents.quarantine());
            read(contents, all);
        });
        return all;
    }

    private void read(Contents contents, Tallies all) {
        Counter counter = new Counter("warehouse");
        contents.forEachEvent(row -> counter.count(row, all));
        counter.done();
        contents.forEachLineTotal(
                Range.LENGTH,
                to,
                t ->
                        all.add(
                                new Range(t.partition(), t.range()),
                                Tally.lines(t.lines(), t.netAmount(), t.salesAmount())));
    }

    /// Their events are missing in the warehouse, and it is known why.
    private void nameTheQuarantined(List<QuarantinedFile> waiting) {
        waiting.forEach(file ->
                differences.add(
                        new Difference(
                                "warehouse",
                                file.partition(),
                                file.firstOffset(),
                                file.lastOffset() + 1,
                                "file %s is in quarantine: %s"
                                        .formatted(file.location(), file.problem()),
                                file.rows(),
                                0)));
    }

    private void unreadable(StoredFile file, RuntimeException why) {
        differences.add(
                new Difference(
                        "lake",
                        file.partition(),
                        file.firstOffset(),
                        file.lastOffset() + 1,
                        "file %s cannot be read: %s".formatted(file.location(), why.getMessage()),
                        file.rowCount(),
                        0));
    }

    private void compareEvents(String where, Tallies log, Tallies side) {
        for (Range range : rangesOf(log, side)) {
            Tally expected = log.at(range);
            Tally found = side.at(range);
            if (!found.sameEventsAs(expected)) {
                differ(where, range, problem(expected, found), expected.rows(), found.rows());
            }
        }
    }

    private static String problem(Tally expected, Tally found) {
        int order = Long.compare(found.rows(), expected.rows());
        if (order == 0) {
            return "rows differ in content";
        }
        return order < 0 ? "rows are missing" : "rows that the log has not, or has once only";
    }

    private void compareOrderLines(Tallies log, Tallies loaded) {
        for (Range range : rangesOf(log, loaded)) {
            Tally expected = log.at(range);
            Tally found = loaded.at(range);
            if (!found.sameOrderLinesAs(expected)) {
                differ(
                        "warehouse",
                        range,
                        "order lines: net amount %s instead of %s"
                                .formatted(
                                        Report.amount(found.netAmount()),
                                        Report.amount(expected.netAmount())),
                        expected.orderLines(),
                        found.orderLines());
            }
        }
    }

    private void differ(String where, Range range, String problem, long expected, long found) {
        long end = range.to(to.of(range.partition()));
        differences.add(
                new Difference(
                        where, range.partition(), range.from(), end, problem, expected, found));
    }

    private static SortedSet<Range> rangesOf(Tallies one, Tallies other) {
        SortedSet<Range> ranges = new TreeSet<>(one.byRange().keySet());
        ranges.addAll(other.byRange().keySet());
        return ranges;
    }

    private LakePart lakePart(Tallies lake) {
        Tally total = lake.total();
        return new LakePart(
                total.rows(),
                files.size(),
                Report.ranges(lake, to),
                EventDigest.text(total.digest()));
    }

    private WarehousePart warehousePart(Tallies loaded) {
        Tally total = loaded.total();
        return new WarehousePart(
                total.rows(),
                total.orderLines(),
                Report.amount(total.netAmount()),
                Report.amount(total.salesAmount()),
                Report.ranges(loaded, to),
                EventDigest.text(total.digest()));
    }

    /// Counts rows below the common end, and tells of it now and then.
    private final class Counter {
        private final String stage;
        private long read;

        Counter(String stage) {
            this.stage = stage;
        }

        void count(EventRow row, Tallies into) {
            if (row.kafkaOffset() < to.of(row.kafkaPartition())) {
                into.event(
                        Range.of(row.kafkaPartition(), row.kafkaOffset()),
                        row.recordedAt(),
                        EventDigest.of(row));
            }
            if (++read % ROWS_BETWEEN_NEWS == 0) {
                listener.progress(stage, read, rowsInTheLake());
            }
        }

        void done() {
            listener.progress(stage, read, rowsInTheLake());
        }
    }
}
