package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.state.KeyValueStore;

/// The cart of each account.
final class Carts {
    private final Table table;

    Carts(KeyValueStore<byte[], byte[]> store) {
        this.table = new Table(Table.Name.CARTS, store);
    }

    CartEntry of(AccountId account) {
        return CartState.fromBytes(table.get(key(account)));
    }

    void put(AccountId account, CartEntry entry) {
        table.put(key(account), CartState.toBytes(entry));
    }

    private static byte[] key(AccountId account) {
        return account.value().getBytes(StandardCharsets.UTF_8);
    }
}
