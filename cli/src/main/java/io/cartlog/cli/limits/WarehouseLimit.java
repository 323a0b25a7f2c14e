package io.cartlog.cli.limits;

import io.cartlog.cli.terminal.CommandFailedException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows of an event's width, by COPY into a temporary table.
final class WarehouseLimit {
    private static final int ROWS_A_TIME = 1_000;
    private static final String ROW =
            "0\t12345\t01900000-0000-7000-8000-000000000001\t17850\t42\tretail-0123456789abcdef\t"
                    + "PurchaseRecorded\t2010-12-01 08:26:00\t2026-01-02 03:04:05.678\t536365\t"
                    + "85123A\tWHITE HANGING HEART T-LIGHT HOLDER\t6\t2.5500\tUnited Kingdom\n";

    private WarehouseLimit() {}

    static Limit measure(String url, Duration time) {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TEMPORARY TABLE cartlog_limits (kafka_partition int, kafka_offset"
                                + " bigint, event_id uuid, account_id text, version bigint,"
                                + " command_id text, event_type text, occurred_at timestamp,"
                                + " recorded_at timestamp, order_id text, sku text, description"
                                + " text, quantity int, unit_price numeric(18,4), country text)"
                                + " ON COMMIT DROP");
            }
            return copy(connection, time);
        } catch (SQLException e) {
            throw new CommandFailedException(
                    "the limit of the warehouse could not be measured: " + e.getMessage(), e);
        }
    }

    private static Limit copy(Connection connection, Duration time) throws SQLException {
        byte[] rows = ROW.repeat(ROWS_A_TIME).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        CopyIn copy =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY cartlog_limits FROM STDIN");
        while (System.nanoTime() - start < time.toNanos()) {
            copy.writeToCopy(rows, 0, rows.length);
        }
        long copied = copy.endCopy();
        connection.commit();
        return Limit.of(
                "warehouse",
                "COPY of 15 columns into a temporary table",
                "rows",
                copied,
                System.nanoTime() - start);
    }
}
