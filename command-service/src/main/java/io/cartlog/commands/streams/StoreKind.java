package io.cartlog.commands.streams;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Where the decider's state lies. The truth is in the changelog topics in both cases.
public enum StoreKind {
    /// On the heap: fastest, and read anew from the changelogs at each start.
    MEMORY,
    /// In RocksDB below `cartlog.streams.state-dir`: for more state than fits into memory.
    ROCKSDB;

    StoreBuilder<KeyValueStore<byte[], byte[]>> keyValue(String name) {
        var supplier =
                switch (this) {
                    case MEMORY -> IndexedStore.supplier(name);
                    case ROCKSDB -> Stores.persistentKeyValueStore(name);
                };
        return Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }
}
