package io.cartlog.projection.verify;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Which accounts are looked at.
///
/// @param account the only one; null for more
/// @param percent of all accounts, chosen by their names: the same ones each time
record Scope(@Nullable String account, double percent) {
    static final Scope WHOLE = new Scope(null, 100);
    private static final int FINENESS = 1_000;

    Scope {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a sample is more than 0 and at most 100 percent");
        }
    }

    boolean has(String name) {
        if (account != null) {
            return account.equals(name);
        }
        return percent == 100 || place(name) < percent * FINENESS;
    }

    /// What has no key is looked at: it says itself whose it is.
    boolean has(ConsumerRecord<byte[], byte[]> event) {
        return event.key() == null || has(new String(event.key(), StandardCharsets.UTF_8));
    }

    private static long place(String name) {
        CRC32 hash = new CRC32();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % (100L * FINENESS);
    }
}
