package io.cartlog.sink.warehouse;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.RowSource;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// The warehouse on PostgreSQL.
///
/// A snapshot of the lake is loaded in one transaction together with its row in the ledger: rows
/// into a staging table, their number checked against what the lake says, then into the tables. So
/// a snapshot is in the warehouse whole and once, or not at all.
public final class PostgresWarehouse {
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 300;
    private static final int ROWS_AT_A_TIME = 10_000;

    private static final String STAGING =
            "create temporary table staging (like warehouse.events) on commit drop";

    private static final String COPY = "copy staging from stdin (format binary)";

    private static final String INSERT_EVENTS =
            "insert into warehouse.events select * from staging";

    private static final String INSERT_ORDER_LINES =
            """
            insert into warehouse.order_lines
            select order_id, line_no, account_id, sku, description, category, quantity, unit_price,
                   amount, country, occurred_at, recorded_at, kind, event_id, version,
                   kafka_partition, kafka_offset
            from staging
            where line_no is not null
            union all
            select s.order_id, l.line_no, s.account_id, l.sku, null, l.category, l.quantity,
                   l.unit_price, l.unit_price * l.quantity, s.country, s.occurred_at,
                   s.recorded_at, s.kind, s.event_id, s.version, s.kafka_partition, s.kafka_offset
            from staging s
            cross join lateral jsonb_to_recordset(s.lines) as l(
                line_no integer, sku varchar(40), category varchar(60), quantity integer,
                unit_price numeric(18, 4))
            """;

    private static final String INSERT_LEDGER =
            "insert into warehouse.load_ledger values (?, ?, ?, ?, ?, ?, ?, now())";

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

    private static final String EVENTS =
            """
            select event_id, account_id, version, command_id, event_type, occurred_at, recorded_at,
                   order_id, line_no, occurrence, sku, description, category, quantity, unit_price,
                   kind, country, amount, lines, kafka_partition, kafka_offset
            from warehouse.events
            """;

    private static final String LINE_TOTALS =
            """
            select kafka_partition, kafka_offset / ? as range, count(*), sum(amount),
                   coalesce(sum(amount) filter (
                       where kind = 'SALE' and quantity > 0 and unit_price > 0), 0)
            from warehouse.order_lines
            join unnest(?, ?) as upto(partition, next)
                on kafka_partition = partition and kafka_offset < next
            group by kafka_partition, range
            """;

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    public PostgresWarehouse(WarehouseSettings settings) {
        database.setUrl(settings.url());
        database.setUser(settings.user());
        database.setPassword(settings.password());
        database.setConnectTimeout(CONNECT_SECONDS);
        database.setSocketTimeout(ANSWER_SECONDS);
        database.setTcpKeepAlive(true);
        database.setReWriteBatchedInserts(true);
        database.setApplicationName("analytics-sink");
    }

    /// A connection of its own, for what others keep in the warehouse.
    public Connection connect() throws SQLException {
        return database.getConnection();
    }

    /// Creates tables and views if they are absent.
    ///
    /// @throws WarehouseException if the warehouse is away
    public void prepare() {
        inTransaction(
                "the warehouse cannot be prepared",
                connection -> {
                    Migrations.apply(connection);
                    return true;
                });
    }

    /// @throws WarehouseException if the warehouse is away
    public Ledger ledger() {
        return inTransaction("the ledger cannot be read", PostgresWarehouse::ledger);
    }

    /// Loads a snapshot, unless the ledger has it.
    ///
    /// @return the ledger afterwards
    /// @throws WarehouseException if the warehouse is away, does not stand where the snapshot
    ///   begins, or got other than the rows that the lake promised; nothing is changed then
    public Ledger load(LakeSnapshot snapshot, RowSource rows) {
        return inTransaction(
                "snapshot " + snapshot.id() + " cannot be loaded",
                connection -> {
                    try (Statement sql = connection.createStatement()) {
                        sql.execute("lock table warehouse.load_ledger in exclusive mode");
                    }
                    Ledger before = ledger(connection);
                    if (before.sequenceNumber() >= snapshot.sequenceNumber()) {
                        return before;
                    }
                    checkNoGap(before, snapshot);
                    load(connection, snapshot, rows);
                    return ledger(connection);
                });
    }

    /// Hands every event of the warehouse to `taker`, in no order.
    public void forEachEvent(Consumer<EventRow> taker) {
        inTransaction(
                "the events cannot be read",
                connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(EVENTS)) {
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
                    try (PreparedStatement sql = connection.prepareStatement(LINE_TOTALS)) {
                        sql.setLong(1, rangeLength);
                        sql.setArray(2, array(connection, "int", to.next().keySet()));
                        sql.setArray(3, array(connection, "bigint", to.next().values()));
                        try (ResultSet r = sql.executeQuery()) {
                            while (r.next()) {
                                taker.accept(lineTotal(r));
                            }
                        }
                    }
                    return true;
                });
    }

    private static void checkNoGap(Ledger before, LakeSnapshot snapshot) {
        if (!before.offsets().equals(snapshot.from())) {
            throw new WarehouseException(
                    "the warehouse stands at %s, snapshot %d of the lake begins at %s"
                            .formatted(before.offsets(), snapshot.id(), snapshot.from()));
        }
    }

    private static void load(Connection connection, LakeSnapshot snapshot, RowSource rows)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(STAGING);
            copy(connection, rows);
            checkRows(sql, snapshot);
            sql.executeUpdate(INSERT_EVENTS);
            long orderLines = sql.executeLargeUpdate(INSERT_ORDER_LINES);
            record(connection, snapshot, orderLines);
        }
    }

    private static void copy(Connection connection, RowSource rows) throws SQLException {
        BinaryCopy copy =
                new BinaryCopy(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY));
        rows.forEach(row -> {
            try {
                copy.write(row);
            } catch (SQLException e) {
                throw new WarehouseException("the warehouse stopped taking rows", e);
            }
        });
        copy.end();
    }

    private static void checkRows(Statement sql, LakeSnapshot snapshot) throws SQLException {
        try (ResultSet count = sql.executeQuery("select count(*) from staging")) {
            count.next();
            if (count.getLong(1) != snapshot.rows()) {
                throw new WarehouseException(
                        "snapshot %d of the lake has %d rows, its files gave %d"
                                .formatted(snapshot.id(), snapshot.rows(), count.getLong(1)));
            }
        }
    }

    private static void record(Connection connection, LakeSnapshot snapshot, long orderLines)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_LEDGER)) {
            insert.setLong(1, snapshot.id());
            insert.setLong(2, snapshot.sequenceNumber());
            insert.setString(3, snapshot.from().toString());
            insert.setString(4, snapshot.to().toString());
            insert.setLong(5, snapshot.rows());
            insert.setLong(6, orderLines);
            insert.setLong(7, snapshot.files());
            insert.executeUpdate();
        }
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
                    totals.getLong(3));
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

    private static Array array(Connection connection, String type, Collection<?> elements)
            throws SQLException {
        return connection.createArrayOf(type, elements.toArray());
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
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            // Closing without a commit rolls back.
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new WarehouseException(failure, e);
        }
    }
}
