package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.SnapshotFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/// `warehouse.quarantine`, within a transaction of the caller.
final class QuarantineTable {
    private static final int LONGEST_PROBLEM = 900;

    private static final String INSERT =
            "insert into warehouse.quarantine values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, null)";

    private static final String LIST =
            """
            select location, snapshot_id, kafka_partition, first_offset, last_offset, file_rows,
                   file_bytes, problem, attempts, found_at, tried_at
            from warehouse.quarantine
            where loaded_at is null
            order by kafka_partition, first_offset
            """;

    private static final String WAITING =
            "select count(*) from warehouse.quarantine where loaded_at is null";

    private static final String RELEASE =
            """
            update warehouse.quarantine
            set loaded_at = ?, tried_at = ?
            where location = ? and loaded_at is null
            """;

    private static final String RELEASE_ALL =
            """
            update warehouse.quarantine
            set loaded_at = ?, tried_at = ?
            where loaded_at is null
            """;

    private static final String STILL_FAULTY =
            """
            update warehouse.quarantine
            set attempts = attempts + 1, problem = ?, tried_at = ?
            where location = ? and loaded_at is null
            """;

    private static final String KNOWN =
            "select count(*) from warehouse.quarantine where location = ?";

    private QuarantineTable() {}

    static void insert(
            Connection connection, LakeSnapshot snapshot, SnapshotFile file, String problem)
            throws SQLException {
        OffsetDateTime now = Warehouse.now();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, file.location());
            insert.setLong(2, snapshot.id());
            insert.setInt(3, file.partition());
            insert.setLong(4, file.firstOffset());
            insert.setLong(5, file.lastOffset());
            insert.setLong(6, file.count());
            insert.setLong(7, file.bytes());
            insert.setString(8, shortened(problem));
            insert.setObject(9, now);
            insert.setObject(10, now);
            insert.executeUpdate();
        }
    }

    static List<QuarantinedFile> list(Connection connection) throws SQLException {
        List<QuarantinedFile> files = new ArrayList<>();
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(LIST)) {
            while (r.next()) {
                files.add(file(r));
            }
        }
        return files;
    }

    private static QuarantinedFile file(ResultSet r) throws SQLException {
        return new QuarantinedFile(
                r.getString(1),
                r.getLong(2),
                r.getInt(3),
                r.getLong(4),
                r.getLong(5),
                r.getLong(6),
                r.getLong(7),
                r.getString(8),
                r.getInt(9),
                r.getObject(10, OffsetDateTime.class).toInstant(),
                r.getObject(11, OffsetDateTime.class).toInstant());
    }

    /// How many files wait.
    static long waiting(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery(WAITING)) {
            return count.next() ? count.getLong(1) : 0;
        }
    }

    static boolean knows(Connection connection, String location) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(KNOWN)) {
            sql.setString(1, location);
            try (ResultSet count = sql.executeQuery()) {
                return count.next() && count.getLong(1) > 0;
            }
        }
    }

    /// @return whether it waited
    static boolean release(Connection connection, String location) throws SQLException {
        OffsetDateTime now = Warehouse.now();
        try (PreparedStatement sql = connection.prepareStatement(RELEASE)) {
            sql.setObject(1, now);
            sql.setObject(2, now);
            sql.setString(3, location);
            return sql.executeUpdate() > 0;
        }
    }

    /// Whatever waited is loaded.
    static void releaseAll(Connection connection) throws SQLException {
        OffsetDateTime now = Warehouse.now();
        try (PreparedStatement sql = connection.prepareStatement(RELEASE_ALL)) {
            sql.setObject(1, now);
            sql.setObject(2, now);
            sql.executeUpdate();
        }
    }

    /// @return whether it waits
    static boolean stillFaulty(Connection connection, String location, String problem)
            throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(STILL_FAULTY)) {
            sql.setString(1, shortened(problem));
            sql.setObject(2, Warehouse.now());
            sql.setString(3, location);
            return sql.executeUpdate() > 0;
        }
    }

    /// As the column takes it, whose length counts bytes.
    private static String shortened(String problem) {
        return problem.length() <= LONGEST_PROBLEM
                ? problem
                : problem.substring(0, LONGEST_PROBLEM) + "...";
    }
}
