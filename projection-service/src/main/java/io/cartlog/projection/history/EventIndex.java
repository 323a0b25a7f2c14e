package io.cartlog.projection.history;

import io.cartlog.projection.view.HistoryUnavailableException;
import io.cartlog.schemas.value.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Account and version to place in the log, in RocksDB.
///
/// Positions are written in the same batch as what was read before them, and nothing is synced: the
/// batches that a crash of the machine loses are the last ones, whole, and are read again.
final class EventIndex implements AutoCloseable {
    private static final long MB = 1 << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Options options;
    private final LRUCache cache;
    private final BloomFilter filter;
    private final WriteOptions unsynced = new WriteOptions();
    private final RocksDB db;

    /// Native code must not be called when the store is closed: every use is a reader, the close is
    /// the writer.
    private final ReadWriteLock uses = new ReentrantReadWriteLock();

    private boolean closed;

    private EventIndex(Path folder) throws RocksDBException {
        cache = new LRUCache(8 * MB);
        filter = new BloomFilter(10);
        options =
                new Options()
                        .setCreateIfMissing(true)
                        .setWriteBufferSize(4 * MB)
                        .setMaxWriteBufferNumber(2)
                        .setMaxTotalWalSize(16 * MB)
                        .setMaxOpenFiles(64)
                        .setKeepLogFileNum(2)
                        .setTableFormatConfig(
                                new BlockBasedTableConfig()
                                        .setBlockCache(cache)
                                        .setFilterPolicy(filter));
        db = RocksDB.open(options, folder.toString());
    }

    /// The index in a folder; emptied if it is of another log.
    ///
    /// @param log the topic's own id
    static EventIndex open(Path folder, String log) {
        try {
            Files.createDirectories(folder);
            EventIndex index = new EventIndex(folder);
            byte[] name = log.getBytes(StandardCharsets.UTF_8);
            byte[] known = index.db.get(IndexFormat.LOG);
            if (known != null && !Arrays.equals(known, name)) {
                index.close();
                destroy(folder);
                index = new EventIndex(folder);
            }
            index.db.put(IndexFormat.LOG, name);
            return index;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use cartlog.history.dir " + folder, e);
        } catch (RocksDBException e) {
            throw new IllegalStateException(
                    "cannot open the history index in %s: %s. It is derived: if it is damaged, delete the folder"
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }

    private static void destroy(Path folder) throws RocksDBException {
        try (Options none = new Options()) {
            RocksDB.destroyDB(folder.toString(), none);
        }
    }

    private interface Use<T> {
        T run() throws RocksDBException;
    }

    private <T> T using(Use<T> use) {
        uses.readLock().lock();
        try {
            if (closed) {
                throw new HistoryUnavailableException("the history index is closed");
            }
            return use.run();
        } catch (RocksDBException e) {
            throw new HistoryUnavailableException("the history index fails", e);
        } finally {
            uses.readLock().unlock();
        }
    }

    /// @param positions offset of the next record, by partition
    void write(List<Pointer> pointers, Map<Integer, Long> positions) {
        using(() -> {
            try (WriteBatch batch = new WriteBatch()) {
                for (Pointer pointer : pointers) {
                    batch.put(
                            IndexFormat.key(pointer.account(), pointer.version()),
                            IndexFormat.value(pointer));
                }
                for (Map.Entry<Integer, Long> position : positions.entrySet()) {
                    batch.put(
                            IndexFormat.positionKey(position.getKey()),
                            IndexFormat.position(position.getValue()));
                }
                db.write(unsynced, batch);
                return true;
            }
        });
    }

    /// Offset of the partition's next record; empty if nothing of it was read yet.
    OptionalLong position(int partition) {
        byte[] value = using(() -> db.get(IndexFormat.positionKey(partition)));
        return value == null ? OptionalLong.empty() : OptionalLong.of(IndexFormat.position(value));
    }

    Optional<Pointer> find(AccountId account, long version) {
        return using(() ->
                Optional.ofNullable(db.get(IndexFormat.key(account, version)))
                        .map(value -> IndexFormat.pointer(account, version, value)));
    }

    /// Version of the account's last event; 0 if there is none.
    long latest(AccountId account) {
        return using(() -> {
            try (RocksIterator at = db.newIterator()) {
                at.seekForPrev(IndexFormat.key(account, Long.MAX_VALUE));
                return at.isValid() && IndexFormat.isOf(account, at.key())
                        ? IndexFormat.version(at.key())
                        : 0L;
            }
        });
    }

    /// Pointers from one version on, in order.
    ///
    /// @param to the last version wanted
    /// @param most how many at most
    List<Pointer> range(AccountId account, long from, long to, int most) {
        return using(() -> {
            List<Pointer> found = new ArrayList<>();
            try (RocksIterator at = db.newIterator()) {
                at.seek(IndexFormat.key(account, from));
                while (found.size() < most && at.isValid() && isIn(account, to, at.key())) {
                    long version = IndexFormat.version(at.key());
                    found.add(IndexFormat.pointer(account, version, at.value()));
                    at.next();
                }
                at.status();
            }
            return found;
        });
    }

    private static boolean isIn(AccountId account, long to, byte[] key) {
        return IndexFormat.isOf(account, key) && IndexFormat.version(key) <= to;
    }

    @Override
    public void close() {
        uses.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                db.close();
                unsynced.close();
                options.close();
                filter.close();
                cache.close();
            }
        } finally {
            uses.writeLock().unlock();
        }
    }
}
