package io.cartlog.sink.iceberg;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcClientPool;

/// The catalog's connections: a fresh one for each operation, and no operation is ever tried again.
///
/// Iceberg's own pool repeats a statement when the connection broke. If a commit's answer was lost
/// on the way, its repetition finds the table changed (by itself), the guard refuses the commit,
/// and Iceberg cleans up what it takes for an uncommitted snapshot: the manifests of one that is
/// in.
final class SingleUseConnections extends JdbcClientPool {
    SingleUseConnections(Map<String, String> properties) {
        super(1, properties.get("uri"), properties);
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
            throws SQLException, InterruptedException {
        try (Connection connection = newClient()) {
            return action.run(connection);
        }
    }
}
