package io.cartlog.sink.clicks;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.Offsets;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The clicks in the warehouse, in SQL that PostgreSQL and Redshift both read.
///
/// Rows and position move in one transaction, and the position only from where it was expected. A
/// click that the warehouse has is left out: looked up by account and id, so that the cost is that
/// of the new rows, however many there are.
public final class ClickWarehouse {
    /// Opens a connection of its own for each transaction.
    @FunctionalInterface
    public interface Connections {
        Connection open() throws SQLException;
    }

    private static final int ROWS_AT_A_TIME = 10_000;

    private static final String COLUMNS =
            """
            click_id, account_id, session_id, action, occurred_at, recorded_at, sku, category_id,
            category, brand, unit_price, command_id, kafka_partition, kafka_offset
            """;

    private static final String STAGING =
            "create temporary table click_staging (like warehouse.clicks)";

    private static final String STAGE =
            "insert into click_staging values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String INSERT =
            "insert into warehouse.clicks ("
                    + COLUMNS
                    + ") select "
                    + COLUMNS
                    + """
                    from (
                        select click_staging.*, row_number() over (
                            partition by account_id, click_id order by kafka_offset) as nth
                        from click_staging
                        where kafka_partition = ?
                    ) s
                    where nth = 1 and not exists (
                        select 1 from warehouse.clicks c
                        where c.account_id = s.account_id and c.click_id = s.click_id)
                    """;

    private static final String MOVE =
            """
            update warehouse.click_ledger
            set next_offset = ?, clicks = clicks + ?, repeated = repeated + ?,
                unreadable = unreadable + ?, loaded_at = ?
            where kafka_partition = ? and next_offset = ?
            """;

    private static final String BEGIN =
            """
            insert into warehouse.click_ledger
            select ?, 0, 0, 0, 0, ?
            where not exists (select 1 from warehouse.click_ledger where kafka_partition = ?)
            """;

    private static final String LEDGER =
            "select kafka_partition, next_offset, clicks, repeated, unreadable"
                    + " from warehouse.click_ledger";

    private static final String OF_A_RANGE =
            "select "
                    + COLUMNS
                    + " from warehouse.clicks"
                    + " where kafka_partition = ? and kafka_offset >= ? and kafka_offset < ?";

    private static final String REPEATED =
            """
            select count(*)
            from click_staging s
            where exists (
                select 1 from warehouse.clicks c
                where c.account_id = s.account_id and c.click_id = s.click_id
                    and c.kafka_partition = s.kafka_partition and c.kafka_offset < s.kafka_offset)
            """;

    private static final String DOUBLED =
            """
            select kafka_partition, kafka_offset / ? as range, count(*)
            from (
                select kafka_partition, kafka_offset, row_number() over (
                    partition by account_id, click_id order by kafka_partition, kafka_offset) as nth
                from (
                    select distinct account_id, click_id, kafka_partition, kafka_offset
                    from warehouse.clicks
                ) places
            ) numbered
            where nth > 1
            group by kafka_partition, range
            order by kafka_partition, range
            """;

    private final Connections connections;

    public ClickWarehouse(Connections connections) {
        this.connections = connections;
    }

    /// Makes sure that each of these partitions has a position.
    ///
    /// @throws ClickStoreException if the warehouse is away
    void begin(Set<Integer> partitions) {
        inTransaction(
                "the ledger of clicks cannot be begun",
                connection -> {
                    try (Statement lock = connection.createStatement();
                            PreparedStatement insert = connection.prepareStatement(BEGIN)) {
                        lock.execute("lock table warehouse.click_ledger");
                        for (int partition : partitions) {
                            insert.setInt(1, partition);
                            insert.setObject(2, now());
                            insert.setInt(3, partition);
                            insert.executeUpdate();
                        }
                    }
                    return true;
                });
    }

    /// @throws ClickStoreException if the warehouse is away
    ClickLedger ledger() {
        return inTransaction("the ledger of clicks cannot be read", ClickWarehouse::ledger);
    }

    /// Loads a batch and moves the position to where it ends.
    ///
    /// @return the ledger afterwards
    /// @throws PositionMovedException if the warehouse does not stand where the batch begins
    /// @throws ClickStoreException if the warehouse is away; nothing is changed then, either
    ClickLedger load(ClickBatch batch, Offsets to) {
        return inTransaction(
                "clicks cannot be loaded",
                connection -> {
                    stage(connection, batch.rows());
                    for (int partition : to.next().keySet()) {
                        if (to.of(partition) != batch.from().of(partition)) {
                            load(connection, batch, partition, to.of(partition));
                        }
                    }
                    return ledger(connection);
                });
    }

    /// Hands the rows of a range of offsets to `taker`, in no order.
    void forEachClick(int partition, long from, long to, Consumer<ClickRow> taker) {
        inTransaction(
                "the clicks cannot be read",
                connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(OF_A_RANGE)) {
                        sql.setFetchSize(ROWS_AT_A_TIME);
                        sql.setInt(1, partition);
                        sql.setLong(2, from);
                        sql.setLong(3, to);
                        try (ResultSet r = sql.executeQuery()) {
                            while (r.next()) {
                                taker.accept(row(r));
                            }
                        }
                    }
                    return true;
                });
    }

    /// How many of these have a row for the same click at an earlier offset of their partition.
    long repeated(List<ClickRow> late) {
        return inTransaction(
                "the clicks cannot be looked up",
                connection -> {
                    stage(connection, late);
                    try (Statement sql = connection.createStatement();
                            ResultSet r = sql.executeQuery(REPEATED)) {
                        r.next();
                        return r.getLong(1);
                    }
                });
    }

    /// Clicks that have a second row at another offset.
    ///
    /// @param range offset divided by the range's length
    record Doubled(int partition, long range, long rows) {}

    /// Hands to `taker` how many clicks of a range have a row before.
    void forEachDoubled(long rangeLength, Consumer<Doubled> taker) {
        inTransaction(
                "the clicks cannot be counted",
                connection -> {
                    try (PreparedStatement sql = connection.prepareStatement(DOUBLED)) {
                        sql.setLong(1, rangeLength);
                        try (ResultSet r = sql.executeQuery()) {
                            while (r.next()) {
                                taker.accept(new Doubled(r.getInt(1), r.getLong(2), r.getLong(3)));
                            }
                        }
                    }
                    return true;
                });
    }

    private static void stage(Connection connection, List<ClickRow> rows) throws SQLException {
        try (Statement sql = connection.createStatement();
                PreparedStatement insert = prepared(connection, sql)) {
            for (ClickRow row : rows) {
                set(insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
            sql.execute("analyze click_staging");
        }
    }

    private static PreparedStatement prepared(Connection connection, Statement sql)
            throws SQLException {
        sql.execute(STAGING);
        return connection.prepareStatement(STAGE);
    }

    private static void load(Connection connection, ClickBatch batch, int partition, long to)
            throws SQLException {
        long staged =
                batch.rows().stream().filter(row -> row.kafkaPartition() == partition).count();
        long inserted = insert(connection, partition);
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, to);
            move.setLong(2, inserted);
            move.setLong(3, staged - inserted);
            move.setLong(4, batch.unreadable(partition));
            move.setObject(5, now());
            move.setInt(6, partition);
            move.setLong(7, batch.from().of(partition));
            if (move.executeUpdate() != 1) {
                throw new PositionMovedException(partition, batch.from().of(partition));
            }
        }
    }

    private static long insert(Connection connection, int partition) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, partition);
            return insert.executeLargeUpdate();
        }
    }

    private static void set(PreparedStatement insert, ClickRow row) throws SQLException {
        insert.setString(1, row.clickId());
        insert.setString(2, row.accountId());
        insert.setString(3, row.sessionId());
        insert.setString(4, row.action());
        insert.setObject(5, row.occurredAt().atOffset(ZoneOffset.UTC));
        insert.setObject(6, row.recordedAt().atOffset(ZoneOffset.UTC));
        insert.setString(7, row.sku());
        insert.setString(8, row.categoryId());
        insert.setString(9, row.category());
        insert.setString(10, row.brand());
        insert.setBigDecimal(11, row.unitPrice() == null ? null : row.unitPrice().stored());
        insert.setString(12, row.commandId());
        insert.setInt(13, row.kafkaPartition());
        insert.setLong(14, row.kafkaOffset());
    }

    private static ClickRow row(ResultSet r) throws SQLException {
        return new ClickRow(
                r.getString(1),
                r.getString(2),
                r.getString(3),
                r.getString(4),
                instant(r, 5),
                instant(r, 6),
                r.getString(7),
                r.getString(8),
                r.getString(9),
                r.getString(10),
                money(r, 11),
                r.getString(12),
                r.getInt(13),
                r.getLong(14));
    }

    private static Instant instant(ResultSet r, int column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Money money(ResultSet r, int column) throws SQLException {
        BigDecimal decimal = r.getBigDecimal(column);
        return decimal == null ? null : new Money(decimal);
    }

    private static ClickLedger ledger(Connection connection) throws SQLException {
        SortedMap<Integer, Long> next = new TreeMap<>();
        long clicks = 0;
        long repeated = 0;
        long unreadable = 0;
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(LEDGER)) {
            while (r.next()) {
                next.put(r.getInt(1), r.getLong(2));
                clicks += r.getLong(3);
                repeated += r.getLong(4);
                unreadable += r.getLong(5);
            }
        }
        return new ClickLedger(new Offsets(next), clicks, repeated, unreadable);
    }

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(String failure, Work<T> work) {
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            // Closing without a commit rolls back.
            T result = work.on(connection);
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new ClickStoreException(failure, e);
        }
    }
}
