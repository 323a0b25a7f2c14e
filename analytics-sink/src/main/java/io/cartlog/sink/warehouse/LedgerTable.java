package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.LakeSnapshot;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.row.SnapshotFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// `warehouse.load_ledger`, within a transaction of the caller.
final class LedgerTable {
    private static final String INSERT =
            "insert into warehouse.load_ledger values (?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String ADD =
            """
            update warehouse.load_ledger
            set rows = rows + ?, order_lines = order_lines + ?, files = files + 1
            where snapshot_id = ?
            """;

    private static final String CORRECT =
            """
            update warehouse.load_ledger
            set rows = rows + ?, order_lines = order_lines + ?
            where sequence_number = ?
            """;

    private static final String TOTALS =
            """
            select count(*), coalesce(sum(rows), 0), coalesce(sum(order_lines), 0)
            from warehouse.load_ledger
            """;

    private static final String NEWEST =
            """
            select snapshot_id, sequence_number, offsets_to
            from warehouse.load_ledger
            order by sequence_number desc
            limit 1
            """;

    private LedgerTable() {}

    static Ledger read(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet newest = sql.executeQuery(NEWEST)) {
            return newest.next() ? read(connection, newest) : Ledger.EMPTY;
        }
    }

    private static Ledger read(Connection connection, ResultSet newest) throws SQLException {
        long snapshot = newest.getLong(1);
        long sequenceNumber = newest.getLong(2);
        Offsets offsets = Offsets.parse(newest.getString(3));
        try (Statement sql = connection.createStatement();
                ResultSet totals = sql.executeQuery(TOTALS)) {
            totals.next();
            return new Ledger(
                    snapshot,
                    sequenceNumber,
                    offsets,
                    totals.getLong(1),
                    totals.getLong(2),
                    totals.getLong(3),
                    QuarantineTable.waiting(connection));
        }
    }

    /// @param files those of the snapshot that are loaded
    static void insert(
            Connection connection, LakeSnapshot snapshot, List<SnapshotFile> files, long orderLines)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, snapshot.id());
            insert.setLong(2, snapshot.sequenceNumber());
            insert.setString(3, snapshot.from().toString());
            insert.setString(4, snapshot.to().toString());
            insert.setLong(5, files.stream().mapToLong(SnapshotFile::count).sum());
            insert.setLong(6, orderLines);
            insert.setLong(7, files.size());
            insert.setObject(8, Warehouse.now());
            insert.executeUpdate();
        }
    }

    /// A file of a snapshot was loaded after it.
    static void add(Connection connection, long snapshotId, long rows, long orderLines)
            throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(ADD)) {
            sql.setLong(1, rows);
            sql.setLong(2, orderLines);
            sql.setLong(3, snapshotId);
            sql.executeUpdate();
        }
    }

    /// Lets the sums be those of what is really there; the newest row takes the difference.
    static void correct(Connection connection, Ledger ledger, long rows, long orderLines)
            throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(CORRECT)) {
            sql.setLong(1, rows - ledger.rows());
            sql.setLong(2, orderLines - ledger.orderLines());
            sql.setLong(3, ledger.sequenceNumber());
            sql.executeUpdate();
        }
    }
}
