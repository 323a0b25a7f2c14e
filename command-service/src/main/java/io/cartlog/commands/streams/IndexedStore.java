package io.cartlog.commands.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;
import org.jspecify.annotations.Nullable;

/// Kafka Streams' store on the heap, with an index beside its tree. A command looks for five keys,
/// four of which are not there; in a tree of a hundred thousand keys that was a third of all that
/// the decider did. The tree stays for who asks for keys in their order.
final class IndexedStore extends InMemoryKeyValueStore {
    private final Map<Bytes, byte[]> index = new HashMap<>();

    private IndexedStore(String name) {
        super(name);
    }

    static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new IndexedStore(name);
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    @Override
    public synchronized byte @Nullable [] get(Bytes key) {
        return index.get(key);
    }

    /// What is read from the changelog comes this way too.
    @Override
    public synchronized void put(Bytes key, byte @Nullable [] value) {
        super.put(key, value);
        if (value == null) {
            index.remove(key);
        } else {
            index.put(key, value);
        }
    }

    @Override
    public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public synchronized byte @Nullable [] delete(Bytes key) {
        index.remove(key);
        return super.delete(key);
    }

    @Override
    public void close() {
        super.close();
        index.clear();
    }
}
