package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/// Guests who have lines, by the minute of their last event: the key is the minute in milliseconds
/// (8 bytes, big-endian) and the account. So those who have been away for long stand at the front,
/// and somebody who is busy is written down once a minute.
final class IdleGuests {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final byte[] PRESENT = {1};

    private final Table table;

    IdleGuests(KeyValueStore<byte[], byte[]> store) {
        this.table = new Table(Table.Name.IDLE_GUESTS, store);
    }

    /// A guest, and where he stands.
    static final class Entry {
        private final byte[] key;
        private final AccountId account;

        private Entry(byte[] key, AccountId account) {
            this.key = key;
            this.account = account;
        }

        AccountId account() {
            return account;
        }
    }

    /// Something has happened to an account.
    void moved(AccountId account, CartEntry before, CartEntry after) {
        if (!account.isGuest()) {
            return;
        }
        boolean stood = !before.cart().isEmpty();
        boolean stands = !after.cart().isEmpty();
        boolean moved = minute(before.changedAt()) != minute(after.changedAt());
        if (stood && (moved || !stands)) {
            table.delete(key(account, before.changedAt()));
        }
        if (stands && (moved || !stood)) {
            table.put(key(account, after.changedAt()), PRESENT);
        }
    }

    void remove(Entry entry) {
        table.delete(entry.key);
    }

    /// The first guests whose last event may be as old as this; their carts say whether it is.
    List<Entry> notSince(Instant time, int most) {
        byte[] first = ByteBuffer.allocate(Long.BYTES).array();
        byte[] end = ByteBuffer.allocate(Long.BYTES).putLong(minute(time) + MINUTE).array();
        return table.keys(first, end, most).stream()
                .map(key -> new Entry(key, account(key)))
                .toList();
    }

    private static AccountId account(byte[] key) {
        return new AccountId(
                new String(key, Long.BYTES, key.length - Long.BYTES, StandardCharsets.UTF_8));
    }

    private static byte[] key(AccountId account, Instant changedAt) {
        byte[] name = account.value().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + name.length)
                .putLong(minute(changedAt))
                .put(name)
                .array();
    }

    private static long minute(Instant time) {
        return Math.max(0, time.toEpochMilli()) / MINUTE * MINUTE;
    }
}
