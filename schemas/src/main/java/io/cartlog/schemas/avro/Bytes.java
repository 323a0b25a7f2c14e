package io.cartlog.schemas.avro;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes that grow, with Avro's binary forms of the simple values. Avro's own encoders write each
/// of them through a stream.
final class Bytes {
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[512];
    private int size;

    Bytes clear() {
        size = 0;
        return this;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    Bytes put(byte value) {
        room(1);
        bytes[size++] = value;
        return this;
    }

    /// Big-endian, in 4 bytes.
    Bytes fixed(int value) {
        return put((byte) (value >>> 24))
                .put((byte) (value >>> 16))
                .put((byte) (value >>> 8))
                .put((byte) value);
    }

    /// Zigzag, seven bits a byte; `int` and `long` look the same.
    Bytes number(long value) {
        room(LONGEST_NUMBER);
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /// With their length before them.
    Bytes counted(byte[] value) {
        number(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    Bytes text(String value) {
        return counted(value.getBytes(StandardCharsets.UTF_8));
    }

    private void room(int needed) {
        if (size + needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + needed));
        }
    }
}
