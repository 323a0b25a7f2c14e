package io.cartlog.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// PostgreSQL as a child of this JVM, with the database that [PostgresBootstrap] makes.
///
/// A shell stands between the two: when the pipe from this JVM ends, because it wants so or because
/// it was killed, the shell stops PostgreSQL. Should that one survive nevertheless (everything but
/// it was killed, or a new start comes at once), the next start on the same folder finds it by
/// `postmaster.pid`, makes sure that it is this folder's, and stops it first.
final class PostgresServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String SUPERUSER = "postgres";

    /// Runs its arguments until they end, or until its input does: then with a fast shutdown (INT),
    /// which ends open connections and keeps what is committed.
    private static final String STOP_AT_END_OF_INPUT =
            """
            trap '' INT
            exec 3<&0
            "$@" </dev/null 3<&- &
            server=$!
            (while read -r _ <&3; do :; done; kill -INT $server 2>/dev/null) &
            watcher=$!
            wait $server
            ended=$?
            kill $watcher 2>/dev/null
            exit $ended
            """;

    /// For bulk loads on a developer's machine. Commits stay durable: `fsync` and
    /// `synchronous_commit` keep their defaults. Minimal WAL lets COPY into a new table skip it.
    private static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("listen_addresses", "127.0.0.1"),
                    Map.entry("unix_socket_directories", ""),
                    Map.entry("max_connections", "60"),
                    Map.entry("shared_buffers", "256MB"),
                    Map.entry("work_mem", "32MB"),
                    Map.entry("maintenance_work_mem", "128MB"),
                    Map.entry("max_wal_size", "2GB"),
                    Map.entry("checkpoint_timeout", "15min"),
                    Map.entry("wal_level", "minimal"),
                    Map.entry("max_wal_senders", "0"),
                    Map.entry("random_page_cost", "1.1"),
                    Map.entry("timezone", "UTC"),
                    Map.entry("log_timezone", "UTC"));

    private final Process process;

    private PostgresServer(Process process) {
        this.process = process;
    }

    static PostgresServer start(Path folder, Path log, Addresses addresses, int port)
            throws IOException, InterruptedException, SQLException {
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        Files.createDirectories(log.getParent());
        stopOrphan(binaries, folder, log);
        FreePort.require(port, "postgres");
        initIfNew(binaries, folder, log);
        PostgresServer server = launch(binaries, folder, log, port);
        try {
            server.awaitReady(addresses, log);
            PostgresBootstrap.run(addresses, SUPERUSER);
            return server;
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new LocalStackException("cannot stop postgres", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("interrupted while postgres stops", e);
        }
    }

    private static void stopOrphan(PostgresBinaries binaries, Path folder, Path log)
            throws IOException, InterruptedException {
        Path pidFile = folder.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        @Nullable ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null) {
            return;
        }
        if (isPostmasterOf(folder, process)) {
            run(binaries.command("pg_ctl", "stop", "-D", folder.toString(), "-m", "fast"), log);
        } else {
            // The pid went to somebody else, and PostgreSQL would refuse to start because of it.
            Files.deleteIfExists(pidFile);
        }
    }

    private static boolean isPostmasterOf(Path folder, ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean postgres = info.command().orElse("").endsWith("/postgres");
        List<String> arguments = List.of(info.arguments().orElse(new String[0]));
        return postgres && arguments.contains(folder.toString());
    }

    /// A folder that is half made after a crash is never taken for a database.
    private static void initIfNew(PostgresBinaries binaries, Path folder, Path log)
            throws IOException, InterruptedException {
        if (Files.exists(folder)) {
            return;
        }
        Path making = folder.resolveSibling(folder.getFileName() + ".making");
        if (Files.exists(making)) {
            Folders.delete(making);
        }
        Path password = Files.writeString(folder.resolveSibling("password"), "cartlog");
        try {
            run(initdb(binaries, making, password), log);
        } finally {
            Files.delete(password);
        }
        Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> initdb(PostgresBinaries binaries, Path folder, Path password) {
        return binaries.command(
                "initdb",
                "--pgdata=" + folder,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
    }

    private static void run(List<String> command, Path log)
            throws IOException, InterruptedException {
        int exit = logged(command, log).start().waitFor();
        if (exit != 0) {
            throw new LocalStackException("%s ended with %d, see %s".formatted(command, exit, log));
        }
    }

    private static PostgresServer launch(PostgresBinaries binaries, Path folder, Path log, int port)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", STOP_AT_END_OF_INPUT, "postgres"));
        command.addAll(binaries.command("postgres"));
        command.addAll(List.of("-D", folder.toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return new PostgresServer(logged(command, log).start());
    }

    private static ProcessBuilder logged(List<String> command, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    private void awaitReady(Addresses addresses, Path log)
            throws IOException, InterruptedException, SQLException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers(addresses)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new LocalStackException(
                        "postgres ended with %d, see %s".formatted(process.exitValue(), log));
            }
            if (Instant.now().isAfter(limit)) {
                throw new LocalStackException("postgres did not answer in time, see " + log);
            }
        }
    }

    private static boolean answers(Addresses addresses) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(
                        PostgresBootstrap.maintenanceUrl(addresses),
                        SUPERUSER,
                        addresses.jdbcPassword())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (isNotYetReady(e)) {
                return false;
            }
            throw e;
        }
    }

    /// Nobody listens (08001), or it is starting up or recovering (57P03).
    private static boolean isNotYetReady(SQLException e) {
        return "08001".equals(e.getSQLState()) || "57P03".equals(e.getSQLState());
    }
}
