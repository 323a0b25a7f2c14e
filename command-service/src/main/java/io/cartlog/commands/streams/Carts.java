package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.state.KeyValueStore;

/// The cart of each account.
final class Carts {
    static final String STORE = "carts";

    private final KeyValueStore<byte[], byte[]> store;

    Carts(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    CartEntry of(AccountId account) {
        return CartState.fromBytes(store.get(key(account)));
    }

    void put(AccountId account, CartEntry entry) {
        store.put(key(account), CartState.toBytes(entry));
    }

    private static byte[] key(AccountId account) {
        return account.value().getBytes(StandardCharsets.UTF_8);
    }
}
