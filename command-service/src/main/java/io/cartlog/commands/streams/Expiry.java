package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/// Ids of events that no command has caused.
final class Expiry {
    private Expiry() {}

    /// The id of the event that leads an account to a version: shaped as UUID version 7, with parts
    /// of a digest of both where others put random bits.
    static UUID eventId(AccountId account, long version, Instant occurredAt) {
        ByteBuffer digest = ByteBuffer.wrap(sha256("expired\0" + account + '\0' + version));
        long high = (occurredAt.toEpochMilli() << 16) | 0x7000L | (digest.getShort() & 0x0FFFL);
        long low = 0x8000_0000_0000_0000L | (digest.getLong() >>> 2);
        return new UUID(high, low);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
