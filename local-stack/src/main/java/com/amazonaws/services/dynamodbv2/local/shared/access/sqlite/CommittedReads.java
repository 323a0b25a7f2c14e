package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteQueue;
import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Reads of the database through a connection and a thread of their own, beside the one that
/// writes. With a write-ahead log a read sees what was committed when it began and waits for
/// nobody; every acknowledged write was committed before.
///
/// Stock's code for queries, with nobody who takes its lock alone.
@NullMarked
final class CommittedReads extends SQLiteDBAccess {
    /// @param file a database that is open already, and keeps a write-ahead log
    CommittedReads(File file) throws SQLiteException, InterruptedException {
        // Stock opens a database of its own and writes to it: one in memory.
        super();
        queue.stop(true).join();
        queue = new ReadQueue(file).start();
    }

    @Nullable Map<String, AttributeValue> item(
            TableLayout layout, Map<String, AttributeValue> primaryKey) {
        RecordKey key = layout.keyOf(primaryKey);
        return TunedSqliteAccess.await(
                queue,
                new SQLiteDBAccessJob<@Nullable Map<String, AttributeValue>>() {
                    @Override
                    protected @Nullable Map<String, AttributeValue> doWork() throws Exception {
                        return layout.read(layout.prepareSelect(this), key);
                    }
                });
    }

    /// Returns when the database is closed.
    @Override
    public void close() {
        super.close();
        TunedSqliteAccess.join(queue);
    }

    private static final class ReadQueue extends SQLiteQueue {
        private static final int BUSY_MILLIS = 10_000;

        private ReadQueue(File file) {
            super(file);
        }

        @Override
        protected void initConnection(SQLiteConnection connection) throws SQLiteException {
            connection.setBusyTimeout(BUSY_MILLIS);
            connection.exec("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;");
        }
    }
}
