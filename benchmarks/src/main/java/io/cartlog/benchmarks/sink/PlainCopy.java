package io.cartlog.benchmarks.sink;

import io.cartlog.sink.warehouse.Warehouse;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/// What PostgreSQL takes when nothing is asked of it but COPY: the events of the warehouse, as
/// bytes in its own format, into a table of the same columns without any index.
record PlainCopy(Warehouse warehouse, Path folder) {
    private static final String TABLE = "warehouse.plain_copy";
    private static final String FORMAT = " with (format binary)";

    /// Rows in a second.
    ///
    /// @param most rows that are copied
    long perSecond(long most) throws SQLException, IOException {
        Path bytes = folder.resolve("copy.bin");
        try (Connection connection = warehouse.connect();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(true);
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            write(copy, most, bytes);
            sql.execute("create table " + TABLE + " (like warehouse.events)");
            long start = System.nanoTime();
            long rows = read(copy, bytes);
            long nanos = System.nanoTime() - start;
            sql.execute("drop table " + TABLE);
            return Math.round(rows * 1e9 / nanos);
        } finally {
            Files.deleteIfExists(bytes);
        }
    }

    private static void write(CopyManager copy, long most, Path bytes)
            throws SQLException, IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(bytes))) {
            String rows = "(select * from warehouse.events limit " + most + ")";
            copy.copyOut("copy " + rows + " to stdout" + FORMAT, out);
        }
    }

    private static long read(CopyManager copy, Path bytes) throws SQLException, IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(bytes))) {
            return copy.copyIn("copy " + TABLE + " from stdin" + FORMAT, in, 1 << 16);
        }
    }
}
