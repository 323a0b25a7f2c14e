package io.cartlog.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// Makes the role, its database and the schemas `catalog`, `warehouse` and `marts` where they are
/// absent.
final class PostgresBootstrap {
    private static final List<String> SCHEMAS = List.of("catalog", "warehouse", "marts");

    private PostgresBootstrap() {}

    /// The database that is always there.
    static String maintenanceUrl(Addresses addresses) {
        return addresses.jdbcUrl().replaceFirst("/[^/]*$", "/postgres");
    }

    /// @param superuser has the password of `addresses` too
    static void run(Addresses addresses, String superuser) throws SQLException {
        String role = addresses.jdbcUser();
        String password = addresses.jdbcPassword();
        try (Connection connection =
                DriverManager.getConnection(maintenanceUrl(addresses), superuser, password)) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role)) {
                execute(connection, "CREATE ROLE " + role + " LOGIN PASSWORD '" + password + "'");
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", role)) {
                execute(connection, "CREATE DATABASE " + role + " OWNER " + role);
            }
        }
        try (Connection connection =
                DriverManager.getConnection(addresses.jdbcUrl(), role, password)) {
            for (String schema : SCHEMAS) {
                execute(connection, "CREATE SCHEMA IF NOT EXISTS " + schema);
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
