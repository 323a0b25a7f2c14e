package io.cartlog.localstack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// PostgreSQL with role and database `cartlog` and the schemas `catalog`, `warehouse` and `marts`.
final class PostgresServer implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static PostgresServer start(Path folder, int port) throws Exception {
        FreePort.require(port, "postgres");
        EmbeddedPostgres postgres =
                EmbeddedPostgres.builder()
                        .setPort(port)
                        .setDataDirectory(folder)
                        .setCleanDataDirectory(false)
                        .setOverrideWorkingDirectory(folder.resolveSibling("postgres-bin").toFile())
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("max_connections", "50")
                        .setServerConfig("shared_buffers", "128MB")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
        createSchemas(postgres);
        return new PostgresServer(postgres);
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new LocalStackException("cannot stop postgres", e);
        }
    }

    private static void createSchemas(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement sql = connection.createStatement()) {
            if (!exists(sql, "SELECT 1 FROM pg_roles WHERE rolname = 'cartlog'")) {
                sql.execute("CREATE ROLE cartlog LOGIN PASSWORD 'cartlog'");
            }
            if (!exists(sql, "SELECT 1 FROM pg_database WHERE datname = 'cartlog'")) {
                sql.execute("CREATE DATABASE cartlog OWNER cartlog");
            }
        }
        try (Connection connection = postgres.getDatabase("cartlog", "cartlog").getConnection();
                Statement sql = connection.createStatement()) {
            for (String schema : List.of("catalog", "warehouse", "marts")) {
                sql.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
            }
        }
    }

    private static boolean exists(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.next();
        }
    }
}
