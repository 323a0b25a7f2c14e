package io.cartlog.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteStatement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The file that DynamoDB Local keeps its tables in, looked at from outside while it is closed.
record SqliteFile(Path file) {
    /// A stopped server's last background write may still hold the file, longer on a busy disk.
    private static final int LOCK_TIMEOUT_MILLIS = 60_000;

    static SqliteFile in(Path folder) {
        return new SqliteFile(folder.resolve("shared-local-instance.db"));
    }

    /// Every row with the names and bytes of its columns.
    List<String> rows(String table) throws SQLiteException {
        return ask(
                "SELECT * FROM \"" + table + "\" ORDER BY hashKey, rangeKey",
                row -> {
                    StringBuilder text = new StringBuilder();
                    for (int column = 0; column < row.columnCount(); column++) {
                        byte[] value = row.columnBlob(column);
                        text.append(row.getColumnName(column))
                                .append('=')
                                .append(value == null ? "null" : HexFormat.of().formatHex(value))
                                .append(' ');
                    }
                    return text.toString();
                });
    }

    /// `ok`, or what SQLite finds to be broken.
    String problems() throws SQLiteException {
        return String.join("\n", ask("PRAGMA integrity_check", row -> row.columnString(0)));
    }

    int pageSize() throws SQLiteException {
        return ask("PRAGMA page_size", row -> row.columnInt(0)).getFirst();
    }

    /// Returns when nobody has it open any more: stock's server stops before its database is
    /// closed, and who closes a write-ahead log lets nobody else in.
    void awaitClosed() {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        long deadline = System.nanoTime() + LOCK_TIMEOUT_MILLIS * 1_000_000L;
        while (Files.exists(log) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(log).doesNotExist();
    }

    private interface Row<T> {
        T of(SQLiteStatement statement) throws SQLiteException;
    }

    private <T> List<T> ask(String sql, Row<T> each) throws SQLiteException {
        SQLiteConnection connection = new SQLiteConnection(file.toFile());
        try {
            connection.open(false);
            connection.setBusyTimeout(LOCK_TIMEOUT_MILLIS);
            SQLiteStatement statement = connection.prepare(sql);
            List<T> rows = new ArrayList<>();
            while (statement.step()) {
                rows.add(each.of(statement));
            }
            statement.dispose();
            return rows;
        } finally {
            connection.dispose();
        }
    }
}
