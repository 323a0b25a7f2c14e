package io.cartlog.sink.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The warehouse's tables and views, version by version. A file that is out is never changed; what
/// comes later gets a new one.
final class Migrations {
    private static final List<String> FILES =
            List.of(
                    "001-tables.sql",
                    "002-marts.sql",
                    "003-reports.sql",
                    "005-clicks.sql",
                    "005-clicks-postgresql.sql");

    /// Held while versions are looked up and applied, so that two sinks do not both do it.
    private static final String LOCK = "select pg_advisory_xact_lock(7280951)";

    private static final String LEDGER =
            """
            create schema if not exists warehouse;
            create schema if not exists marts;
            create table if not exists warehouse.schema_versions (
                name varchar(100) not null,
                applied_at timestamptz not null
            )
            """;

    private Migrations() {}

    /// Brings the warehouse to the newest version, in one transaction that the caller commits.
    static void apply(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(LOCK);
            sql.execute(LEDGER);
            for (String file : FILES) {
                if (!isApplied(connection, file)) {
                    sql.execute(text(file));
                    record(connection, file);
                }
            }
        }
    }

    private static boolean isApplied(Connection connection, String file) throws SQLException {
        try (PreparedStatement ask =
                connection.prepareStatement(
                        "select 1 from warehouse.schema_versions where name = ?")) {
            ask.setString(1, file);
            try (ResultSet found = ask.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void record(Connection connection, String file) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into warehouse.schema_versions values (?, now())")) {
            insert.setString(1, file);
            insert.executeUpdate();
        }
    }

    private static String text(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
