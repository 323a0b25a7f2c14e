package io.cartlog.commands.streams;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One of the tables in the decider's only store. The first byte of a key there is the table's.
///
/// There is one store because there is one changelog to a store, and each partition that a
/// transaction writes to costs the broker more than the records in it (ADR 0010).
final class Table {
    static final String STORE = "state";

    /// Never another for the same table: the changelog has them.
    enum Name {
        CARTS('c'),
        ORDERS('o'),
        UNDOS('u'),
        IDLE_GUESTS('g'),
        ANSWERS_FOR_EVER('a'),
        ANSWERS_RECENT('r');

        private final byte code;

        Name(char code) {
            this.code = (byte) code;
        }
    }

    private final byte code;
    private final KeyValueStore<byte[], byte[]> store;

    Table(Name name, KeyValueStore<byte[], byte[]> store) {
        this.code = name.code;
        this.store = store;
    }

    byte @Nullable [] get(byte[] key) {
        return store.get(in(key));
    }

    void put(byte[] key, byte[] value) {
        store.put(in(key), value);
    }

    void delete(byte[] key) {
        store.delete(in(key));
    }

    /// @param from the first key, if it is there
    /// @param to the key behind the last
    /// @param most the length of the list at most
    /// @return keys in the order of their bytes
    List<byte[]> keys(byte[] from, byte[] to, int most) {
        List<byte[]> keys = new ArrayList<>();
        byte[] end = in(to);
        try (KeyValueIterator<byte[], byte[]> all = store.range(in(from), end)) {
            while (all.hasNext() && keys.size() < most) {
                byte[] key = all.next().key;
                if (!Arrays.equals(key, end)) {
                    keys.add(Arrays.copyOfRange(key, 1, key.length));
                }
            }
        }
        return keys;
    }

    private byte[] in(byte[] key) {
        return ByteBuffer.allocate(1 + key.length).put(code).put(key).array();
    }
}
