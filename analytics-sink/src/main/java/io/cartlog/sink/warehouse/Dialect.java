package io.cartlog.sink.warehouse;

import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.SnapshotFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What differs between the databases that a warehouse may be. Everything else is SQL that both
/// read.
sealed interface Dialect permits PostgresDialect, RedshiftDialect {
    static Dialect of(WarehouseSettings settings, Bucket bucket) {
        return switch (settings.kind()) {
            case POSTGRESQL -> new PostgresDialect(settings);
            case REDSHIFT -> new RedshiftDialect(settings, bucket);
        };
    }

    Connection connect() throws SQLException;

    /// Scripts on the class path, in their order.
    List<String> migrations();

    /// The first statements of a transaction that looks up and applies migrations: those given, and
    /// one that keeps other such transactions waiting.
    List<String> opening(String schemas, String versions);

    /// Lets one transaction at a time load; others may read on.
    String lockLedger();

    /// Creates the temporary table `staging` and fills it with the rows of these files.
    ///
    /// @param name of this load, unlike that of any other under way
    /// @throws FaultyFileException if the rows of a file cannot be had
    void stage(Connection connection, String name, List<SnapshotFile> files) throws SQLException;

    /// Looks at a file before the database does, if the database reads files by itself.
    ///
    /// @throws FaultyFileException if it cannot be loaded
    void examine(SnapshotFile file);

    String insertEvents();

    String insertOrderLines();

    /// Every event in the columns of the lake, `lines` as JSON text.
    String selectEvents();

    /// Whether the rows are to blame, and not the database or the way to it.
    boolean isOfTheRows(SQLException trouble);

    /// Whether the same transaction may well succeed if it is tried again at once.
    boolean isConflict(SQLException trouble);
}
