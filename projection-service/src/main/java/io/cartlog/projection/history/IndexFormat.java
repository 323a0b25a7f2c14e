package io.cartlog.projection.history;

import io.cartlog.schemas.value.AccountId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The bytes of the index. An account's pointers stand together and in order: the key is the
/// account, 0 and the version in 8 bytes, big-endian; the value is partition, offset and log time
/// as varints, about 12 bytes. What is no pointer has a key that begins with 0, as no account does.
final class IndexFormat {
    static final byte[] LOG = {0, 'L'};
    private static final int LONGEST_VARINT = 10;

    private IndexFormat() {}

    static byte[] key(AccountId account, long version) {
        byte[] name = account.value().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(name.length + 1 + Long.BYTES)
                .put(name)
                .put((byte) 0)
                .putLong(version)
                .array();
    }

    /// Whether the key is one of the account's pointers.
    static boolean isOf(AccountId account, byte[] key) {
        byte[] prefix = key(account, 0);
        int length = prefix.length - Long.BYTES;
        return key.length == prefix.length && Arrays.equals(key, 0, length, prefix, 0, length);
    }

    static long version(byte[] key) {
        return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
    }

    static byte[] value(Pointer pointer) {
        ByteBuffer value = ByteBuffer.allocate(3 * LONGEST_VARINT);
        putVarint(value, pointer.partition());
        putVarint(value, pointer.offset());
        putVarint(value, pointer.recordedAt());
        return Arrays.copyOf(value.array(), value.position());
    }

    static Pointer pointer(AccountId account, long version, byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        int partition = (int) varint(bytes);
        long offset = varint(bytes);
        return new Pointer(account, version, partition, offset, varint(bytes));
    }

    static byte[] positionKey(int partition) {
        return ByteBuffer.allocate(2 + Integer.BYTES)
                .put((byte) 0)
                .put((byte) 'P')
                .putInt(partition)
                .array();
    }

    static byte[] position(long offset) {
        ByteBuffer value = ByteBuffer.allocate(LONGEST_VARINT);
        putVarint(value, offset);
        return Arrays.copyOf(value.array(), value.position());
    }

    static long position(byte[] value) {
        return varint(ByteBuffer.wrap(value));
    }

    /// Seven bits a byte, the lowest first.
    private static void putVarint(ByteBuffer bytes, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long varint(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes.get();
            number |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }
}
