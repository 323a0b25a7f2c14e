package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.EventRow;
import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.SnapshotFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/// The warehouse on PostgreSQL: rows go through this process, in binary COPY.
final class PostgresDialect implements Dialect {
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 300;

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

    private static final String SELECT_EVENTS =
            """
            select event_id, account_id, version, command_id, event_type, occurred_at, recorded_at,
                   order_id, line_no, occurrence, sku, description, category, quantity, unit_price,
                   kind, country, amount, lines, kafka_partition, kafka_offset
            from warehouse.events
            """;

    private final PGSimpleDataSource database = new PGSimpleDataSource();

    PostgresDialect(WarehouseSettings settings) {
        database.setUrl(settings.url());
        database.setUser(settings.user());
        database.setPassword(settings.password());
        database.setConnectTimeout(CONNECT_SECONDS);
        database.setSocketTimeout(ANSWER_SECONDS);
        database.setTcpKeepAlive(true);
        database.setReWriteBatchedInserts(true);
        database.setApplicationName("analytics-sink");
    }

    @Override
    public Connection connect() throws SQLException {
        return database.getConnection();
    }

    @Override
    public List<String> migrations() {
        return List.of(
                "001-tables.sql",
                "002-marts.sql",
                "003-reports.sql",
                "004-quarantine.sql",
                "005-clicks.sql",
                "005-clicks-postgresql.sql",
                "006-faster-reports.sql",
                "006-faster-reports-postgresql.sql");
    }

    @Override
    public List<String> opening(String schemas, String versions) {
        return List.of("select pg_advisory_xact_lock(7280951)", schemas, versions);
    }

    @Override
    public String lockLedger() {
        return "lock table warehouse.load_ledger in exclusive mode";
    }

    @Override
    public void stage(Connection connection, String name, List<SnapshotFile> files)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(STAGING);
        }
        try (BinaryCopy copy =
                new BinaryCopy(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY))) {
            files.forEach(file -> file.rows().forEach(row -> write(copy, row)));
            copy.end();
        }
    }

    private static void write(BinaryCopy copy, EventRow row) {
        try {
            copy.write(row);
        } catch (SQLException e) {
            if (SqlStates.isOfTheData(e)) {
                throw new FaultyFileException(String.valueOf(e.getMessage()), e);
            }
            throw new WarehouseException("the warehouse stopped taking rows", e);
        }
    }

    /// Nothing: the rows are looked at on their way.
    @Override
    public void examine(SnapshotFile file) {}

    @Override
    public String insertEvents() {
        return INSERT_EVENTS;
    }

    @Override
    public String insertOrderLines() {
        return INSERT_ORDER_LINES;
    }

    @Override
    public String selectEvents() {
        return SELECT_EVENTS;
    }

    @Override
    public boolean isOfTheRows(SQLException trouble) {
        return SqlStates.isOfTheData(trouble);
    }

    @Override
    public boolean isConflict(SQLException trouble) {
        return SqlStates.isConflict(trouble);
    }
}
