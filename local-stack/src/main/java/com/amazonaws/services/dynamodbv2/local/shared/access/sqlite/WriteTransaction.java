package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import com.almworks.sqlite4java.SQLiteQueue;
import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// The one open transaction: the items that were read when it began, and what became of its writes,
/// which go to the SQLite thread in batches without waiting for them.
///
/// Two threads touch it. The request's thread takes the items that were read ahead and hands writes
/// over; the SQLite thread applies these in order. SQLite's queue rolls back when a job fails, so
/// every later write of the transaction must be left out: it would be committed on its own.
@NullMarked
final class WriteTransaction {
    /// Large enough that waking the SQLite thread costs little, small enough that it works while
    /// the request's thread checks the rest.
    private static final int BATCH = 5;

    private final Map<RecordKey, @Nullable Map<String, AttributeValue>> readAhead = new HashMap<>();
    private final SQLiteQueue queue;
    private List<Write> batch = new ArrayList<>(BATCH);
    private int handedOver;

    // the SQLite thread's own
    private int applied;
    private @Nullable Throwable failure;

    WriteTransaction(SQLiteQueue queue) {
        this.queue = queue;
    }

    /// What one write does on the SQLite thread.
    interface Write {
        void apply(SQLiteDBAccessJob<?> job) throws Exception;
    }

    void readAhead(RecordKey key, @Nullable Map<String, AttributeValue> item) {
        readAhead.put(key, item);
    }

    boolean hasReadAhead(RecordKey key) {
        return readAhead.containsKey(key);
    }

    /// Each item read ahead is handed out once: the caller owns it, and may change it.
    @Nullable Map<String, AttributeValue> take(RecordKey key) {
        return readAhead.remove(key);
    }

    /// What was read ahead under the key holds no longer.
    void write(RecordKey key, Write write) {
        readAhead.remove(key);
        batch.add(write);
        if (batch.size() == BATCH) {
            handOver();
        }
    }

    /// The jobs executed after this see all writes so far.
    @SuppressWarnings("FutureReturnValueIgnored") // requireEveryWriteApplied asks for its result
    void handOver() {
        if (batch.isEmpty()) {
            return;
        }
        List<Write> writes = batch;
        batch = new ArrayList<>(BATCH);
        handedOver += writes.size();
        queue.execute(
                new SQLiteDBAccessJob<Void>() {
                    @Override
                    protected @Nullable Void doWork() throws Throwable {
                        if (failure == null) {
                            apply(writes, this);
                        }
                        return null;
                    }
                });
    }

    /// On the SQLite thread, after everything was handed over.
    ///
    /// @throws Throwable the first failure of a write, if there was one
    void requireEveryWriteApplied() throws Throwable {
        if (failure != null) {
            throw failure;
        }
        if (applied != handedOver) {
            throw new IllegalStateException(applied + " of " + handedOver + " writes applied");
        }
    }

    private void apply(List<Write> writes, SQLiteDBAccessJob<?> job) throws Throwable {
        try {
            requireOpen();
            for (Write write : writes) {
                write.apply(job);
            }
            applied += writes.size();
        } catch (Throwable e) {
            failure = e;
            throw e;
        }
    }

    /// A SQLite thread that died and was replaced knows of no transaction.
    private static void requireOpen() {
        if (!AmazonDynamoDBOfflineSQLiteJob.manualTransactionsEnabled.get()) {
            throw new IllegalStateException("the transaction is gone");
        }
    }
}
