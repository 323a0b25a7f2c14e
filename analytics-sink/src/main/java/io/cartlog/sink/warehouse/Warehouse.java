package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.SnapshotFile;
import io.cartlog.sink.warehouse.Retried.Outcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /// For a transaction that was in another's way; after that the loader takes a rest.
    private static final int ATTEMPTS = 5;

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

    private static final List<String> EMPTY_TABLES =
            List.of("delete from warehouse.events", "delete from warehouse.order_lines");

    private final Dialect dialect;
    private volatile boolean prepared;

    /// @param bucket where Redshift finds its manifests
    public Warehouse(WarehouseSettings settings, Bucket bucket) {
        this.dialect = Dialect.of(settings, bucket);
    }

    /// A connection of its own, for what others keep in the warehouse.
    public Connection connect() throws SQLException {
        return dialect.connect();
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
        prepared = true;
    }

    /// Whoever asks first, before anything was loaded, finds empty tables instead of none.
    private void prepareOnce() {
        if (!prepared) {
            prepare();
        }
    }

    /// @throws WarehouseException if the warehouse is away
    public Ledger ledger() {
        prepareOnce();
        return inTransaction("the ledger cannot be read", LedgerTable::read);
    }

    /// Reads what stands in the tables, in one transaction.
    ///
    /// @throws WarehouseException if the warehouse is away
    public void read(Consumer<Contents> reader) {
        prepareOnce();
        inTransaction(
                "the warehouse cannot be read",
                connection -> {
                    reader.accept(new Contents(connection, dialect.selectEvents()));
                    return true;
                });
    }

    /// Files that wait to be repaired, in the order of the log.
    ///
    /// @throws WarehouseException if the warehouse is away
    public List<QuarantinedFile> quarantine() {
        prepareOnce();
        return inTransaction("the quarantine cannot be read", QuarantineTable::list);
    }

    /// Whether a file is or was in quarantine.
    ///
    /// @throws WarehouseException if the warehouse is away
    public boolean hasQuarantined(String location) {
        return inTransaction(
                "the quarantine cannot be read",
                connection -> QuarantineTable.knows(connection, location));
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
                    Ledger before = LedgerTable.read(connection);
                    if (before.sequenceNumber() >= snapshot.sequenceNumber()) {
                        return before;
                    }
                    checkNoGap(before, snapshot);
                    checkComplete(snapshot, good, faults);
                    long orderLines = insert(connection, name(snapshot), good, null);
                    LedgerTable.insert(connection, snapshot, good, orderLines);
                    for (Fault fault : faults) {
                        QuarantineTable.insert(connection, snapshot, fault.file(), fault.problem());
                    }
                    return LedgerTable.read(connection);
                });
    }

    private static String name(LakeSnapshot snapshot) {
        return "%d-%d".formatted(snapshot.sequenceNumber(), snapshot.id());
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

    /// Loads a file that waits in quarantine, unless somebody else has.
    ///
    /// @param files that hold its rows now; they may hold others too
    /// @throws WarehouseException if the warehouse is away; nothing is changed then
    public Retried retry(QuarantinedFile waiting, List<SnapshotFile> files) {
        if (files.isEmpty()) {
            return stillFaulty(waiting, "the lake has no file with these events any more");
        }
        try {
            files.forEach(dialect::examine);
            boolean loaded =
                    attempt(
                            waiting.location() + " cannot be loaded",
                            connection -> release(connection, waiting, files));
            return new Retried(
                    waiting.location(), loaded ? Outcome.LOADED : Outcome.ALREADY_LOADED, null);
        } catch (FaultyFileException e) {
            return stillFaulty(waiting, e.problem());
        }
    }

    private boolean release(
            Connection connection, QuarantinedFile waiting, List<SnapshotFile> files)
            throws SQLException {
        execute(connection, dialect.lockLedger());
        if (!QuarantineTable.release(connection, waiting.location())) {
            return false;
        }
        String name = "retry-%d-%d".formatted(waiting.partition(), waiting.firstOffset());
        long orderLines = insert(connection, name, files, waiting);
        LedgerTable.add(connection, waiting.snapshotId(), waiting.rows(), orderLines);
        return true;
    }

    private Retried stillFaulty(QuarantinedFile waiting, String problem) {
        boolean waits =
                attempt(
                        "the quarantine cannot be written",
                        connection ->
                                QuarantineTable.stillFaulty(
                                        connection, waiting.location(), problem));
        return waits
                ? new Retried(waiting.location(), Outcome.STILL_FAULTY, problem)
                : new Retried(waiting.location(), Outcome.ALREADY_LOADED, null);
    }

    /// Builds events and order lines anew, out of the files of the lake at the ledger's newest
    /// snapshot, and puts them in the place of what is there, in one transaction: others see the
    /// old rows until all is done. Loads wait meanwhile.
    ///
    /// @param files of the lake at the snapshot that the ledger has loaded last
    /// @param isRight looks at the result before anybody else can
    /// @return whether it was right, and is in place; nothing is changed otherwise
    /// @throws FaultyFileException if a file of the lake cannot be loaded; nothing is changed then
    /// @throws WarehouseException if the warehouse is away, or nothing was ever loaded
    public boolean rebuild(
            Function<Ledger, List<SnapshotFile>> files, BiPredicate<Ledger, Contents> isRight) {
        return attempt(
                "the warehouse cannot be rebuilt",
                connection -> {
                    execute(connection, dialect.lockLedger());
                    Ledger ledger = LedgerTable.read(connection);
                    List<SnapshotFile> all = files.apply(ledger);
                    stage(connection, "rebuild-" + ledger.sequenceNumber(), all, null);
                    for (String statement : EMPTY_TABLES) {
                        execute(connection, statement);
                    }
                    long orderLines = insertStaged(connection);
                    QuarantineTable.releaseAll(connection);
                    LedgerTable.correct(connection, ledger, count(all), orderLines);
                    boolean right =
                            isRight.test(ledger, new Contents(connection, dialect.selectEvents()));
                    if (!right) {
                        connection.rollback();
                    }
                    return right;
                });
    }

    private static long count(List<SnapshotFile> files) {
        return files.stream().mapToLong(SnapshotFile::count).sum();
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
        stage(connection, name, files, part);
        return insertStaged(connection);
    }

    private void stage(
            Connection connection,
            String name,
            List<SnapshotFile> files,
            @Nullable QuarantinedFile part)
            throws SQLException {
        try {
            dialect.stage(connection, name, files);
            if (part != null) {
                keepRange(connection, part);
            }
            checkStaged(connection, part == null ? Staged.of(files) : Staged.of(part));
        } catch (SQLException e) {
            throw judged(e);
        }
    }

    private long insertStaged(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.executeUpdate(dialect.insertEvents());
            return sql.executeUpdate(dialect.insertOrderLines());
        } catch (SQLException e) {
            throw judged(e);
        }
    }

    private SQLException judged(SQLException trouble) {
        if (dialect.isOfTheRows(trouble)) {
            throw new FaultyFileException(inOneLine(trouble), trouble);
        }
        return trouble;
    }

    private static void keepRange(Connection connection, QuarantinedFile part) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(KEEP_RANGE)) {
            sql.setInt(1, part.partition());
            sql.setLong(2, part.firstOffset());
            sql.setLong(3, part.lastOffset());
            sql.executeUpdate();
        }
    }

    private static void checkStaged(Connection connection, SortedMap<Integer, Staged> expected)
            throws SQLException {
        SortedMap<Integer, Staged> found = new TreeMap<>();
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(STAGED)) {
            while (r.next()) {
                found.put(r.getInt(1), new Staged(r.getLong(2), r.getLong(3), r.getLong(4)));
            }
        }
        if (!found.equals(expected)) {
            throw new FaultyFileException(
                    "by partition it has %s, the lake says %s".formatted(found, expected));
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    private static String inOneLine(SQLException trouble) {
        return String.valueOf(trouble.getMessage()).replaceAll("\\s+", " ");
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
