package io.cartlog.sink.warehouse;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.SnapshotFile;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The warehouse, on PostgreSQL or Amazon Redshift.
///
/// A snapshot of the lake is loaded in one transaction together with its row in the ledger: rows
/// into a staging table, their number checked against what the lake says, then into the tables. So
/// a snapshot is in the warehouse whole and once, or not at all; but for files that nobody can
/// load, which are written down in the quarantine in the same transaction, and wait there.
public final class Warehouse {
    private static final Logger LOGGER = LoggerFactory.getLogger(Warehouse.class);

    private static final int ROWS_AT_A_TIME = 10_000;

    /// For a transaction that was in another's way; after that the loader takes a rest.
    private static final int ATTEMPTS = 5;

    private static final int LONGEST_PROBLEM = 900;

    private static final String STAGED =
            """
            select kafka_partition, count(*), min(kafka_offset), max(kafka_offset)
            from staging
            group by kafka_partition
            """;

    private static final String KEEP_RANGE =
            """
            delete from staging
            where kafka_partition <> ? or kafka_offset < ? or kafka_offset > ?
            """;

    private static final String INSERT_LEDGER =
            "insert into warehouse.load_ledger values (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String ADD_TO_LEDGER =
            """
            update warehouse.load_ledger
            set rows = rows + ?, order_lines = order_lines + ?, files = files + 1
            where snapshot_id = ?
            """;

    private static final String TOTALS =
            """
            select count(*), coalesce(sum(rows), 0), coalesce(sum(order_lines), 0)
            from warehouse.load_ledger
            """;

    private static final String NEWEST =
            """
            select snapshot_id, sequence_number, offsets_to
            from warehouse.load_ledger
            order by sequence_number desc
            limit 1
            """;

    private static final String INSERT_QUARANTINE =
            "insert into warehouse.quarantine values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, null)";

    private static final String QUARANTINE =
            """
            select location, snapshot_id, kafka_partition, first_offset, last_offset, file_rows,
                   file_bytes, problem, attempts, found_at, tried_at
            from warehouse.quarantine
            where loaded_at is null
            order by kafka_partition, first_offset
            """;

    private static final String WAITING =
            "select count(*) from warehouse.quarantine where loaded_at is null";

    private static final String RELEASE =
            """
            update warehouse.quarantine
            set loaded_at = ?, tried_at = ?
            where location = ? and loaded_at is null
            """;

    private static final String STILL_FAULTY =
            """
            update warehouse.quarantine
            set attempts = attempts + 1, problem = ?, tried_at = ?
            where location = ? and loaded_at is null
            """;

    private static final String KNOWN =
            "select count(*) from warehouse.quarantine where location = ?";

    private static final String LINE_TOTALS =
            """
            select kafka_partition, kafka_offset / %d as range_number, count(*), sum(amount),
                   coalesce(sum(case when kind = 'SALE' and quantity > 0 and unit_price > 0
                       then amount else 0 end), 0)
            from warehouse.order_lines
            where %s
            group by kafka_partition, kafka_offset / %d
            """;

    private final Dialect dialect;

    /// @param bucket where Redshift finds its manifests
    public Warehouse(WarehouseSettings settings, Bucket bucket) {
        this.dialect = Dialect.of(settings, bucket);
    }

    /// Creates tables and views if they are absent.
    ///
    /// @throws WarehouseException if the warehouse is away
    public void prepare() {
        inTransaction(
                "the warehouse cannot be prepared",
                connection -> {
                    Migrations.apply(connection, dialect);
                    return true;
                });
    }

    /// @throws WarehouseException if the warehouse is away
    public Ledger ledger() {
        return inTransaction("the ledger cannot be read", Warehouse::ledger);
    }

    /// Loads a snapshot, unless the ledger has it. Files that nobody can load go into quarantine;
    /// the others are in.
    ///
    /// @param files all that the snapshot added
    /// @return the ledger afterwards
    /// @throws WarehouseException if the warehouse is away or does not stand where the snapshot
    ///   begins; nothing is changed then
    public Ledger load(LakeSnapshot snapshot, List<SnapshotFile> files) {
        try {
            return load(snapshot, files, List.of());
        } catch (FaultyFileException e) {
            return loadTheGood(snapshot, files, e);
        } catch (WarehouseException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            return loadTheGood(snapshot, files, e);
        }
    }

    private Ledger loadTheGood(
            LakeSnapshot snapshot, List<SnapshotFile> files, RuntimeException trouble) {
        List<Fault> faults = files.stream().flatMap(file -> faultOf(snapshot, file)).toList();
        if (faults.isEmpty()) {
            throw trouble;
        }
        Set<SnapshotFile> faulty = faults.stream().map(Fault::file).collect(Collectors.toSet());
        List<SnapshotFile> good = files.stream().filter(f -> !faulty.contains(f)).toList();
        return load(snapshot, good, faults);
    }

    private record Fault(SnapshotFile file, String problem) {}

    /// Tries the file alone and takes it back. Redshift has no savepoints, so that a transaction in
    /// which something failed is of no use any more.
    private Stream<Fault> faultOf(LakeSnapshot snapshot, SnapshotFile file) {
        try {
            dialect.examine(file);
            attempt(
                    "a file of snapshot " + snapshot.id() + " cannot be tried",
                    connection -> {
                        insert(connection, name(snapshot) + "-trial", List.of(file), null);
                        connection.rollback();
                        return true;
                    });
            return Stream.empty();
        } catch (FaultyFileException e) {
            return Stream.of(new Fault(file, e.problem()));
        }
    }

    private Ledger load(LakeSnapshot snapshot, List<SnapshotFile> good, List<Fault> faults) {
        return attempt(
                "snapshot " + snapshot.id() + " cannot be loaded",
                connection -> {
                    execute(connection, dialect.lockLedger());
                    Ledger before = ledger(connection);
                    if (before.sequenceNumber() >= snapshot.sequenceNumber()) {
                        return before;
                    }
                    checkNoGap(before, snapshot);
                    checkComplete(snapshot, good, faults);
                    long orderLines = insert(connection, name(snapshot), good, null);
                    record(connection, snapshot, good, orderLines);
                    for (Fault fault : faults) {
                        quarantine(connection, snapshot, fault);
                    }
                    return ledger(connection);
                });
    }

    private static String name(LakeSnapshot snapshot) {
        return "%d-%d".formatted(snapshot.sequenceNumber(), snapshot.id());
    }

    /// Files that wait to be repaired, in the order of the log.
    ///
    /// @throws WarehouseException if the warehouse is away
    public List<QuarantinedFile> quarantine() {
        return inTransaction("the quarantine cannot be read", Warehouse::quarantine);
    }

    /// Whether a file is or was in quarantine.
    ///
    /// @throws WarehouseException if the warehouse is away
    public boolean hasQuarantined(String location) {
        return inTransaction(
                "the quarantine cannot be read",
                connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(KNOWN)) {
                        sql.setString(1, location);
                        try (ResultSet count = sql.executeQuery()) {
                            return count.next() && count.getLong(1) > 0;
                        }
                    }
                });
    }

    /// Loads a file that waits in quarantine, unless somebody else has.
    ///
    /// @param files that hold its rows now; they may hold others too
    /// @throws WarehouseException if the warehouse is away; nothing is changed then
    public Retried retry(QuarantinedFile waiting, List<SnapshotFile> files) {
        try {
            files.forEach(dialect::examine);
            boolean loaded =
                    attempt(
                            waiting.location() + " cannot be loaded",
                            connection -> release(connection, waiting, files));
            return new Retried(
                    waiting.location(),
                    loaded ? Retried.Outcome.LOADED : Retried.Outcome.ALREADY_LOADED,
                    null);
        } catch (FaultyFileException e) {
            return stillFaulty(waiting, e.problem());
        }
    }

    private boolean release(
            Connection connection, QuarantinedFile waiting, List<SnapshotFile> files)
            throws SQLException {
        execute(connection, dialect.lockLedger());
        OffsetDateTime now = now();
        try (PreparedStatement sql = connection.prepareStatement(RELEASE)) {
            sql.setObject(1, now);
            sql.setObject(2, now);
            sql.setString(3, waiting.location());
            if (sql.executeUpdate() == 0) {
                return false;
            }
        }
        String name = "retry-%d-%d".formatted(waiting.partition(), waiting.firstOffset());
        long orderLines = insert(connection, name, files, waiting);
        try (PreparedStatement sql = connection.prepareStatement(ADD_TO_LEDGER)) {
            sql.setLong(1, waiting.rows());
            sql.setLong(2, orderLines);
            sql.setLong(3, waiting.snapshotId());
            sql.executeUpdate();
        }
        return true;
    }

    private Retried stillFaulty(QuarantinedFile waiting, String problem) {
        int changed =
                attempt(
                        "the quarantine cannot be written",
                        connection -> {
                            try (PreparedStatement sql =
                                    connection.prepareStatement(STILL_FAULTY)) {
                                sql.setString(1, shortened(problem));
                                sql.setObject(2, now());
                                sql.setString(3, waiting.location());
                                return sql.executeUpdate();
                            }
                        });
        return changed == 0
                ? new Retried(waiting.location(), Retried.Outcome.ALREADY_LOADED, null)
                : new Retried(waiting.location(), Retried.Outcome.STILL_FAULTY, problem);
    }

    /// Hands every event of the warehouse to `taker`, in no order.
    public void forEachEvent(Consumer<EventRow> taker) {
        inTransaction(
                "the events cannot be read",
                connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(dialect.selectEvents())) {
                        sql.setFetchSize(ROWS_AT_A_TIME);
                        try (ResultSet r = sql.executeQuery()) {
                            while (r.next()) {
                                taker.accept(row(r));
                            }
                        }
                    }
                    return true;
                });
    }

    /// Order lines of a range of offsets.
    ///
    /// @param range offset divided by the range's length
    /// @param netAmount sum over all lines
    /// @param salesAmount sum over the sales with a positive quantity and price
    public record LineTotal(
            int partition, long range, long lines, BigDecimal netAmount, BigDecimal salesAmount) {}

    /// Hands the totals of the order lines by partition and range of offsets to `taker`.
    ///
    /// @param to the first offsets that do not count any more
    public void forEachLineTotal(long rangeLength, Offsets to, Consumer<LineTotal> taker) {
        inTransaction(
                "the order lines cannot be read",
                connection -> {
                    String totals = LINE_TOTALS.formatted(rangeLength, below(to), rangeLength);
                    try (Statement sql = connection.createStatement();
                            ResultSet r = sql.executeQuery(totals)) {
                        while (r.next()) {
                            taker.accept(lineTotal(r));
                        }
                    }
                    return true;
                });
    }

    /// Redshift has no arrays to join with.
    private static String below(Offsets to) {
        return to.next().entrySet().stream()
                .map(e -> "kafka_partition = %d and kafka_offset < %d"
                        .formatted(e.getKey(), e.getValue()))
                .reduce((one, other) -> one + " or " + other)
                .orElse("1 = 0");
    }

    private static void checkNoGap(Ledger before, LakeSnapshot snapshot) {
        if (!before.offsets().equals(snapshot.from())) {
            throw new WarehouseException(
                    "the warehouse stands at %s, snapshot %d of the lake begins at %s"
                            .formatted(before.offsets(), snapshot.id(), snapshot.from()));
        }
    }

    private static void checkComplete(
            LakeSnapshot snapshot, List<SnapshotFile> good, List<Fault> faults) {
        long rows =
                Stream.concat(good.stream(), faults.stream().map(Fault::file))
                        .mapToLong(SnapshotFile::count)
                        .sum();
        if (rows != snapshot.rows()) {
            throw new WarehouseException(
                    "snapshot %d of the lake has %d rows, its files have %d"
                            .formatted(snapshot.id(), snapshot.rows(), rows));
        }
    }

    /// @param part if not null, only these rows of the files
    /// @return order lines that were added
    /// @throws FaultyFileException if the files have not the rows that the lake says
    private long insert(
            Connection connection,
            String name,
            List<SnapshotFile> files,
            @Nullable QuarantinedFile part)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            dialect.stage(connection, name, files);
            if (part != null) {
                keepRange(connection, part);
            }
            checkStaged(sql, part == null ? Staged.of(files) : Staged.of(part));
            sql.executeUpdate(dialect.insertEvents());
            return sql.executeUpdate(dialect.insertOrderLines());
        } catch (SQLException e) {
            if (dialect.isOfTheRows(e)) {
                throw new FaultyFileException(inOneLine(e), e);
            }
            throw e;
        }
    }

    private static void keepRange(Connection connection, QuarantinedFile part)
            throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(KEEP_RANGE)) {
            sql.setInt(1, part.partition());
            sql.setLong(2, part.firstOffset());
            sql.setLong(3, part.lastOffset());
            sql.executeUpdate();
        }
    }

    private static void checkStaged(Statement sql, SortedMap<Integer, Staged> expected)
            throws SQLException {
        SortedMap<Integer, Staged> found = new TreeMap<>();
        try (ResultSet r = sql.executeQuery(STAGED)) {
            while (r.next()) {
                found.put(r.getInt(1), new Staged(r.getLong(2), r.getLong(3), r.getLong(4)));
            }
        }
        if (!found.equals(expected)) {
            throw new FaultyFileException(
                    "it has %s, the lake says %s".formatted(found, expected));
        }
    }

    private void record(
            Connection connection, LakeSnapshot snapshot, List<SnapshotFile> good, long orderLines)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_LEDGER)) {
            insert.setLong(1, snapshot.id());
            insert.setLong(2, snapshot.sequenceNumber());
            insert.setString(3, snapshot.from().toString());
            insert.setString(4, snapshot.to().toString());
            insert.setLong(5, good.stream().mapToLong(SnapshotFile::count).sum());
            insert.setLong(6, orderLines);
            insert.setLong(7, good.size());
            insert.setObject(8, now());
            insert.executeUpdate();
        }
    }

    private static void quarantine(Connection connection, LakeSnapshot snapshot, Fault fault)
            throws SQLException {
        SnapshotFile file = fault.file();
        OffsetDateTime now = now();
        try (PreparedStatement insert = connection.prepareStatement(INSERT_QUARANTINE)) {
            insert.setString(1, file.location());
            insert.setLong(2, snapshot.id());
            insert.setInt(3, file.partition());
            insert.setLong(4, file.firstOffset());
            insert.setLong(5, file.lastOffset());
            insert.setLong(6, file.count());
            insert.setLong(7, file.bytes());
            insert.setString(8, shortened(fault.problem()));
            insert.setObject(9, now);
            insert.setObject(10, now);
            insert.executeUpdate();
        }
    }

    private static List<QuarantinedFile> quarantine(Connection connection) throws SQLException {
        List<QuarantinedFile> files = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(QUARANTINE)) {
            while (r.next()) {
                files.add(
                        new QuarantinedFile(
                                r.getString(1),
                                r.getLong(2),
                                r.getInt(3),
                                r.getLong(4),
                                r.getLong(5),
                                r.getLong(6),
                                r.getLong(7),
                                r.getString(8),
                                r.getInt(9),
                                instant(r, 10),
                                instant(r, 11)));
            }
        }
        return files;
    }

    private static long waiting(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery(WAITING)) {
            return count.next() ? count.getLong(1) : 0;
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    private static String inOneLine(SQLException trouble) {
        return String.valueOf(trouble.getMessage()).replaceAll("\\s+", " ");
    }

    /// As the column takes it, whatever the text's bytes.
    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM
                ? problem
                : problem.substring(0, LONGEST_PROBLEM) + "...";
    }

    private static Ledger ledger(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet newest = sql.executeQuery(NEWEST)) {
            return newest.next() ? ledger(connection, newest) : Ledger.EMPTY;
        }
    }

    private static Ledger ledger(Connection connection, ResultSet newest) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet totals = sql.executeQuery(TOTALS)) {
            totals.next();
            return new Ledger(
                    newest.getLong(1),
                    newest.getLong(2),
                    Offsets.parse(newest.getString(3)),
                    totals.getLong(1),
                    totals.getLong(2),
                    totals.getLong(3),
                    waiting(connection));
        }
    }

    private static EventRow row(ResultSet r) throws SQLException {
        return new EventRow(
                r.getString(1),
                r.getString(2),
                r.getLong(3),
                r.getString(4),
                r.getString(5),
                instant(r, 6),
                instant(r, 7),
                r.getString(8),
                integer(r, 9),
                integer(r, 10),
                r.getString(11),
                r.getString(12),
                r.getString(13),
                integer(r, 14),
                money(r, 15),
                r.getString(16),
                r.getString(17),
                money(r, 18),
                lines(r.getString(19)),
                r.getInt(20),
                r.getLong(21));
    }

    private static LineTotal lineTotal(ResultSet r) throws SQLException {
        return new LineTotal(
                r.getInt(1), r.getLong(2), r.getLong(3), r.getBigDecimal(4), r.getBigDecimal(5));
    }

    private static Instant instant(ResultSet r, int column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Integer integer(ResultSet r, int column) throws SQLException {
        int number = r.getInt(column);
        return r.wasNull() ? null : number;
    }

    private static @Nullable Money money(ResultSet r, int column) throws SQLException {
        BigDecimal decimal = r.getBigDecimal(column);
        return decimal == null ? null : new Money(decimal);
    }

    private static @Nullable List<EventRow.Line> lines(@Nullable String json) {
        return json == null ? null : LinesJson.parse(json);
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(String failure, Work<T> work) {
        try (Connection connection = dialect.connect()) {
            connection.setAutoCommit(false);
            // Closing without a commit rolls back.
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new WarehouseException(failure, e);
        }
    }

    /// The same for a transaction that writes and may be in another's way.
    private <T> T attempt(String failure, Work<T> work) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                return inTransaction(failure, work);
            } catch (WarehouseException e) {
                if (left == 0
                        || !(e.getCause() instanceof SQLException trouble)
                        || !dialect.isConflict(trouble)) {
                    throw e;
                }
                LOGGER.atInfo().addKeyValue("left", left).log("a load was in another's way");
            }
        }
    }
}
