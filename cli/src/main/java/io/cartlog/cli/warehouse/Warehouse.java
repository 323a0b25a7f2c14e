package io.cartlog.cli.warehouse;

import io.cartlog.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// The warehouse at its JDBC address.
public final class Warehouse {
    private static final int FETCH = 2_000;
    private final String url;

    public Warehouse(String url) {
        this.url = url;
    }

    /// Runs in a read-only transaction.
    ///
    /// @throws CommandFailedException if the database refuses; the message shows where
    public void query(String sql, RowPrinter rows) {
        run(sql, rows, true);
    }

    /// Runs and commits.
    ///
    /// @throws CommandFailedException as in [#query]; then nothing is changed
    void change(String sql, RowPrinter rows) {
        run(sql, rows, false);
    }

    private void run(String sql, RowPrinter rows, boolean readOnly) {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(readOnly);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCH);
                boolean hasRows = statement.execute(sql);
                print(statement, hasRows, rows);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new CommandFailedException(explained(e, sql), e);
        } catch (IOException e) {
            throw new CommandFailedException("the rows could not be written", e);
        }
    }

    private static void print(Statement statement, boolean hasRows, RowPrinter rows)
            throws SQLException, IOException {
        if (hasRows) {
            try (ResultSet result = statement.getResultSet()) {
                print(result, rows);
            }
        } else {
            rows.begin(List.of("updated"));
            rows.row(List.of(Math.max(0, statement.getUpdateCount())));
            rows.end();
        }
    }

    private static void print(ResultSet result, RowPrinter rows) throws SQLException, IOException {
        ResultSetMetaData columns = result.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        rows.begin(names);
        while (result.next()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                values.add(value(result, i, columns.getColumnTypeName(i)));
            }
            rows.row(values);
        }
        rows.end();
    }

    /// Times in UTC, whatever the zone of this machine.
    private static @Nullable Object value(ResultSet result, int column, String type)
            throws SQLException {
        return switch (type) {
            case "timestamptz" -> {
                OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
            }
            case "timestamp" -> {
                Timestamp time = result.getTimestamp(column);
                yield time == null ? null : time.toLocalDateTime();
            }
            default -> result.getObject(column);
        };
    }

    private static String explained(SQLException e, String sql) {
        if (e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
            return explained(postgres.getServerErrorMessage(), sql);
        }
        return "the warehouse did not answer: " + e.getMessage();
    }

    private static String explained(ServerErrorMessage error, String sql) {
        StringBuilder text = new StringBuilder("SQL error " + error.getSQLState());
        text.append(": ").append(error.getMessage());
        if (error.getPosition() > 0) {
            text.append('\n').append(SqlPosition.shown(sql, error.getPosition()));
        }
        if (error.getDetail() != null) {
            text.append("\ndetail: ").append(error.getDetail());
        }
        if (error.getHint() != null) {
            text.append("\nhint: ").append(error.getHint());
        }
        return text.toString();
    }
}
