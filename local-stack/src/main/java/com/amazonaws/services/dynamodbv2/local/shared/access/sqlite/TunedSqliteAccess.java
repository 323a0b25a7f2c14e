package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import com.almworks.sqlite4java.SQLiteStatement;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.access.QueryResultInfo;
import com.amazonaws.services.dynamodbv2.local.shared.access.TableInfo;
import com.amazonaws.services.dynamodbv2.local.shared.exceptions.LocalDBAccessException;
import com.amazonaws.services.dynamodbv2.local.shared.exceptions.LocalDBAccessExceptionType;
import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.local.shared.model.Condition;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.GlobalSecondaryIndex;
import com.amazonaws.services.dynamodbv2.model.GlobalSecondaryIndexDescription;
import com.amazonaws.services.dynamodbv2.model.LocalSecondaryIndex;
import com.amazonaws.services.dynamodbv2.model.OnDemandThroughput;
import com.amazonaws.services.dynamodbv2.model.ProvisionedThroughput;
import com.amazonaws.services.dynamodbv2.model.StreamSpecification;
import java.io.File;
import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// DynamoDB Local's storage on disk, doing what stock does with less waiting:
///
/// - SQLite syncs nothing to the platter. What was acknowledged survives the death of the process,
///   `kill -9` included, because the operating system has it; a power cut may lose or damage it.
/// - A transaction reads the items that it is about to write in one job, when it begins; hands its
///   writes to the SQLite thread without waiting for each; and waits once, for COMMIT, which checks
///   first that every write was applied. Stock waits four times for every write, and never for
///   COMMIT.
/// - A changed page is written once, to SQLite's write-ahead log. Stock writes it three times: to
///   the journal of the transaction, to the journal of the statement, and to the file.
/// - Table descriptions are kept until a table is created, changed or deleted; stock reads and
///   parses them four times for every write, and once or twice for every read, and waits each time
///   for its turn behind the transactions.
/// - A request that reads items sees what is committed, and waits for no transaction: neither for
///   the queue's lock, nor for the SQLite thread.
///
/// Writes are isolated as stock's: a transaction holds the queue's lock alone, everything else that
/// writes shares it. An item is read as it was before a transaction or as it is after. Tables with
/// a stream or an unfinished index, and every operation not mentioned here, run stock's code.
@NullMarked
public final class TunedSqliteAccess extends SQLiteDBAccess {
    /// Room for the pages of the indexes with random keys: an estimated 160 MB for 541,909 items.
    private static final int CACHE_KIBIBYTES = 256 * 1024;

    /// 32 MB between two copies of the log into the file: pages that many transactions changed are
    /// copied once.
    private static final int CHECKPOINT_PAGES = 8192;

    private static final String FIND_TOKEN =
            "SELECT TransactionSignature FROM tr"
                    + " WHERE TransactionId = ? AND CreationDateTime >= ? LIMIT 1;";
    private static final String KEEP_TOKEN =
            "INSERT OR REPLACE INTO tr(TransactionId, CreationDateTime, TransactionSignature)"
                    + " VALUES (?, ?, ?);";

    private static final ScopedValue<Boolean> READING = ScopedValue.newInstance();

    /// Held here, because loggers that nobody holds forget their level.
    private static final Logger SQLITE_LOG = Logger.getLogger("com.almworks.sqlite4java");

    static {
        SQLITE_LOG.setLevel(Level.WARNING);
    }

    private final ReentrantReadWriteLock lock = stockLock();
    private final Map<String, Optional<TableLayout>> layouts = new ConcurrentHashMap<>();

    private final CommittedReads committed;

    /// Guarded by the lock's write half.
    private @Nullable WriteTransaction transaction;

    /// @param file the database; created if absent, and then with pages of 4 KB instead of 1 KB
    public TunedSqliteAccess(File file) throws SQLiteException, InterruptedException {
        super(withLargePages(file));
        queue.stop(true).join();
        queue = new TunedQueue(file).start();
        // Whoever else has the file open while it gets its write-ahead log is in the way.
        await(nothing());
        committed = new CommittedReads(file);
    }

    @Override
    public byte @Nullable [] beginTransaction(String token) {
        lock.writeLock().lock();
        try {
            WriteTransaction begun = new WriteTransaction(queue);
            byte @Nullable [] earlier = await(begin(token, begun, announcedKeys()));
            transaction = begun;
            return earlier;
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    /// Returns when COMMIT has run. When this fails the transaction is still open: DynamoDB Local
    /// rolls it back, as after any other failure.
    @Override
    public void commitTransaction(String token, byte[] signature) {
        WriteTransaction ended = openTransaction();
        ended.handOver();
        await(commit(token, signature, ended));
        end();
    }

    @Override
    public void rollbackTransaction() {
        openTransaction();
        try {
            await(rollback());
        } finally {
            end();
        }
    }

    @Override
    public @Nullable Map<String, AttributeValue> getRecord(
            String table, Map<String, AttributeValue> primaryKey) {
        if (READING.isBound()) {
            Optional<TableLayout> layout = currentLayout(table);
            return layout.isPresent()
                    ? committed.item(layout.get(), primaryKey)
                    : committed.getRecord(table, primaryKey);
        }
        lock.readLock().lock();
        try {
            Optional<TableLayout> layout = layout(table);
            if (layout.isPresent()) {
                return read(layout.get(), layout.get().keyOf(primaryKey));
            }
            settle();
            return super.getRecord(table, primaryKey);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public QueryResultInfo queryRecords(
            String table,
            @Nullable String index,
            @Nullable Map<String, Condition> conditions,
            @Nullable Map<String, AttributeValue> exclusiveStartKey,
            @Nullable Long limit,
            boolean ascending,
            byte @Nullable [] beginHash,
            byte @Nullable [] endHash,
            boolean isScan,
            boolean isGlobalIndex) {
        if (READING.isBound()) {
            return committed.queryRecords(
                    table,
                    index,
                    conditions,
                    exclusiveStartKey,
                    limit,
                    ascending,
                    beginHash,
                    endHash,
                    isScan,
                    isGlobalIndex);
        }
        return super.queryRecords(
                table,
                index,
                conditions,
                exclusiveStartKey,
                limit,
                ascending,
                beginHash,
                endHash,
                isScan,
                isGlobalIndex);
    }

    @Override
    public void putRecord(
            String table,
            Map<String, AttributeValue> item,
            AttributeValue hash,
            @Nullable AttributeValue range,
            boolean isUpdate) {
        lock.readLock().lock();
        try {
            Optional<TableLayout> layout = layout(table);
            if (layout.isPresent()) {
                TableLayout known = layout.get();
                TableLayout.Row row = known.row(item);
                write(known.keyOf(item), job -> known.replace(job, row));
                return;
            }
            settle();
            super.putRecord(table, item, hash, range, isUpdate);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public boolean deleteRecord(
            String table, Map<String, AttributeValue> primaryKey, boolean isSystemDelete) {
        lock.readLock().lock();
        try {
            Optional<TableLayout> layout = layout(table);
            if (layout.isPresent()) {
                return delete(layout.get(), layout.get().keyOf(primaryKey));
            }
            settle();
            return super.deleteRecord(table, primaryKey, isSystemDelete);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Runs a request that reads items.
    public static <T> T reading(Supplier<T> request) {
        return ScopedValue.where(READING, true).call(request::get);
    }

    /// Within a transaction, or a request that reads items, the kept description; elsewhere a fresh
    /// one, because the control plane changes what it gets.
    @Override
    public @Nullable TableInfo getTableInfo(String table) {
        if (READING.isBound()) {
            return described(table);
        }
        return currentTransaction() == null ? super.getTableInfo(table) : keptInfo(table);
    }

    private @Nullable TableInfo described(String table) {
        Optional<TableLayout> layout = currentLayout(table);
        return layout.isPresent() ? layout.get().info() : super.getTableInfo(table);
    }

    /// Without the lock if it is kept already: like stock's, a description may be outdated as soon
    /// as it is given.
    private Optional<TableLayout> currentLayout(String table) {
        Optional<TableLayout> kept = layouts.get(table);
        if (kept != null) {
            return kept;
        }
        lock.readLock().lock();
        try {
            return layout(table);
        } finally {
            lock.readLock().unlock();
        }
    }

    /// To be called with a share of the lock.
    private @Nullable TableInfo keptInfo(String table) {
        Optional<TableLayout> layout = layout(table);
        return layout.isPresent() ? layout.get().info() : super.getTableInfo(table);
    }

    @Override
    public void createTable(
            String table,
            AttributeDefinition hash,
            @Nullable AttributeDefinition range,
            List<AttributeDefinition> attributes,
            @Nullable List<LocalSecondaryIndex> localIndexes,
            @Nullable List<GlobalSecondaryIndex> globalIndexes,
            @Nullable ProvisionedThroughput provisioned,
            @Nullable OnDemandThroughput onDemand,
            BillingMode billing,
            @Nullable Boolean deletionProtection,
            @Nullable StreamSpecification stream) {
        changeTables(() ->
                super.createTable(
                        table,
                        hash,
                        range,
                        attributes,
                        localIndexes,
                        globalIndexes,
                        provisioned,
                        onDemand,
                        billing,
                        deletionProtection,
                        stream));
    }

    @Override
    public void updateTable(
            String table,
            @Nullable ProvisionedThroughput provisioned,
            @Nullable OnDemandThroughput onDemand,
            @Nullable BillingMode billing,
            long payPerRequestSince,
            List<AttributeDefinition> attributes,
            List<GlobalSecondaryIndexDescription> globalIndexes,
            @Nullable Boolean deletionProtection,
            @Nullable StreamSpecification stream) {
        changeTables(() ->
                super.updateTable(
                        table,
                        provisioned,
                        onDemand,
                        billing,
                        payPerRequestSince,
                        attributes,
                        globalIndexes,
                        deletionProtection,
                        stream));
    }

    @Override
    public void updateTable(String table, @Nullable String timeToLiveAttribute) {
        changeTables(() -> super.updateTable(table, timeToLiveAttribute));
    }

    @Override
    public void deleteTable(String table) {
        changeTables(() -> super.deleteTable(table));
    }

    @Override
    public void createGSIColumns(String table, String index) {
        changeTables(() -> super.createGSIColumns(table, index));
    }

    @Override
    public void deleteGSI(String table, String index) {
        changeTables(() -> super.deleteGSI(table, index));
    }

    @Override
    public void dilateEventTimes(long millis) {
        changeTables(() -> super.dilateEventTimes(millis));
    }

    /// Returns when the database is closed. Stock returns before. Who closes it last copies the
    /// write-ahead log into the file, so that is the connection that writes.
    @Override
    public void close() {
        committed.close();
        super.close();
        join(queue);
    }

    static void join(SQLiteQueue queue) {
        try {
            queue.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private SQLiteDBAccessJob<byte @Nullable []> begin(
            String token, WriteTransaction begun, Map<TableLayout, List<RecordKey>> keys) {
        return new SQLiteDBAccessJob<>() {
            @Override
            protected byte @Nullable [] job(SQLiteConnection connection) throws Throwable {
                connection.exec("BEGIN");
                manualTransactionsEnabled.set(true);
                try {
                    return super.job(connection);
                } catch (Throwable e) {
                    manualTransactionsEnabled.set(false);
                    throw e;
                }
            }

            @Override
            protected byte @Nullable [] doWork() throws Throwable {
                long oldest =
                        System.currentTimeMillis()
                                - LocalDBClient.TRANSACTION_CLIENT_TOKEN_SURVIVAL_DURATION;
                SQLiteStatement find = getPreparedStatement(FIND_TOKEN);
                if (find.bind(1, token).bind(2, oldest).step()) {
                    return find.columnBlob(0);
                }
                for (Map.Entry<TableLayout, List<RecordKey>> table : keys.entrySet()) {
                    SQLiteStatement select = table.getKey().prepareSelect(this);
                    for (RecordKey key : table.getValue()) {
                        begun.readAhead(key, table.getKey().read(select, key));
                    }
                }
                return null;
            }
        };
    }

    private static SQLiteDBAccessJob<Void> commit(
            String token, byte[] signature, WriteTransaction ended) {
        return new SQLiteDBAccessJob<>() {
            @Override
            protected @Nullable Void job(SQLiteConnection connection) throws Throwable {
                super.job(connection);
                connection.exec("COMMIT");
                manualTransactionsEnabled.set(false);
                return null;
            }

            @Override
            protected @Nullable Void doWork() throws Throwable {
                ended.requireEveryWriteApplied();
                getPreparedStatement(KEEP_TOKEN)
                        .bind(1, token)
                        .bind(2, System.currentTimeMillis())
                        .bind(3, signature)
                        .step();
                return null;
            }
        };
    }

    private static SQLiteDBAccessJob<Void> nothing() {
        return new SQLiteDBAccessJob<>() {
            @Override
            protected @Nullable Void doWork() {
                return null;
            }
        };
    }

    /// A failed job has rolled back already; ROLLBACK would fail then.
    private static SQLiteDBAccessJob<Void> rollback() {
        return new SQLiteDBAccessJob<>() {
            @Override
            protected @Nullable Void job(SQLiteConnection connection) throws SQLiteException {
                manualTransactionsEnabled.set(false);
                if (!connection.getAutoCommit()) {
                    connection.exec("ROLLBACK");
                }
                return null;
            }

            @Override
            protected @Nullable Void doWork() {
                return null;
            }
        };
    }

    private @Nullable Map<String, AttributeValue> read(TableLayout layout, RecordKey key) {
        WriteTransaction current = currentTransaction();
        if (current != null && current.hasReadAhead(key)) {
            return current.take(key);
        }
        if (current != null) {
            current.handOver();
        }
        return await(
                new SQLiteDBAccessJob<@Nullable Map<String, AttributeValue>>() {
                    @Override
                    protected @Nullable Map<String, AttributeValue> doWork() throws Exception {
                        return layout.read(layout.prepareSelect(this), key);
                    }
                });
    }

    private boolean delete(TableLayout layout, RecordKey key) {
        if (read(layout, key) == null) {
            return false;
        }
        write(key, job -> layout.delete(job, key));
        return true;
    }

    private void write(RecordKey key, WriteTransaction.Write write) {
        WriteTransaction current = currentTransaction();
        if (current != null) {
            current.write(key, write);
            return;
        }
        await(
                new SQLiteDBAccessJob<Void>() {
                    @Override
                    protected @Nullable Void doWork() throws Exception {
                        write.apply(this);
                        return null;
                    }
                });
    }

    /// Before stock's code takes part in a transaction: the writes handed over so far are in.
    private void settle() {
        WriteTransaction current = currentTransaction();
        if (current == null) {
            return;
        }
        current.handOver();
        await(
                new SQLiteDBAccessJob<Void>() {
                    @Override
                    protected @Nullable Void doWork() throws Throwable {
                        current.requireEveryWriteApplied();
                        return null;
                    }
                });
    }

    private Map<TableLayout, List<RecordKey>> announcedKeys() {
        Map<TableLayout, List<RecordKey>> keys = new LinkedHashMap<>();
        for (AnnouncedWrites.Target target : AnnouncedWrites.targets()) {
            layout(target.table())
                    .ifPresent(layout ->
                            layout.keyOfStrings(target.attributes())
                                    .ifPresent(key ->
                                            keys.computeIfAbsent(layout, _ -> new ArrayList<>())
                                                    .add(key)));
        }
        return keys;
    }

    /// To be called with a share of the lock: while it is held no table changes.
    private Optional<TableLayout> layout(String table) {
        Optional<TableLayout> kept = layouts.get(table);
        if (kept != null) {
            return kept;
        }
        TableInfo info = super.getTableInfo(table);
        if (info == null) {
            return Optional.empty();
        }
        Optional<TableLayout> loaded = TableLayout.of(info, await(schemaOf(table)));
        layouts.put(table, loaded);
        return loaded;
    }

    private static SQLiteDBAccessJob<TableSchemaInfo> schemaOf(String table) {
        return new SQLiteDBAccessJob<>() {
            @Override
            protected TableSchemaInfo doWork() throws Exception {
                return getTableSchemaInfo2(table);
            }
        };
    }

    private void changeTables(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            layouts.clear();
            lock.writeLock().unlock();
        }
    }

    private @Nullable WriteTransaction currentTransaction() {
        return lock.isWriteLockedByCurrentThread() ? transaction : null;
    }

    private WriteTransaction openTransaction() {
        WriteTransaction current = currentTransaction();
        if (current == null) {
            throw new IllegalStateException("no transaction is open");
        }
        return current;
    }

    /// The job that begins may still be waiting when this thread is interrupted; it must not leave
    /// a transaction open behind it.
    @SuppressWarnings("FutureReturnValueIgnored") // the caller throws what went wrong first
    private void giveUp() {
        queue.execute(rollback());
        lock.writeLock().unlock();
    }

    private void end() {
        transaction = null;
        lock.writeLock().unlock();
    }

    private <T extends @Nullable Object> T await(SQLiteDBAccessJob<T> job) {
        return await(queue, job);
    }

    /// A queue that is stopped cancels its jobs, and a cancelled job returns null like one that has
    /// nothing to return.
    static <T extends @Nullable Object> T await(SQLiteQueue queue, SQLiteDBAccessJob<T> job) {
        T result = queue.execute(job).get();
        if (job.isCancelled()) {
            throw new LocalDBAccessException(
                    LocalDBAccessExceptionType.UNEXPECTED_EXCEPTION, "the storage is closed");
        }
        return result;
    }

    private ReentrantReadWriteLock stockLock() {
        try {
            Field field = SQLiteDBAccess.class.getDeclaredField("queueLock");
            field.setAccessible(true);
            return (ReentrantReadWriteLock) field.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is not DynamoDB Local 2.6.1", e);
        }
    }

    /// The size of pages is fixed by the first write to the file.
    private static File withLargePages(File file) throws SQLiteException {
        if (file.length() == 0) {
            SQLiteConnection connection = new SQLiteConnection(file);
            try {
                connection.open(true).exec("PRAGMA page_size = 4096; PRAGMA user_version = 0;");
            } finally {
                connection.dispose();
            }
        }
        return file;
    }

    /// Sets up every connection that it opens: it opens another one if the first should die.
    private static final class TunedQueue extends SQLiteQueue {
        private TunedQueue(File file) {
            super(file);
        }

        @Override
        protected void initConnection(SQLiteConnection connection) throws SQLiteException {
            connection.exec(
                    "PRAGMA synchronous = OFF;"
                            + "PRAGMA journal_mode = WAL;"
                            + "PRAGMA wal_autocheckpoint = "
                            + CHECKPOINT_PAGES
                            + ";"
                            + "PRAGMA temp_store = MEMORY;"
                            + "PRAGMA cache_size = -"
                            + CACHE_KIBIBYTES
                            + ";");
        }

        @Override
        @SuppressWarnings("rawtypes")
        protected Collection<SQLiteJob> createJobCollection() {
            return new ArrayDeque<>();
        }
    }
}
