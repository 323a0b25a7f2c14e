package io.cartlog.commands.streams;

import io.cartlog.schemas.value.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes a state in a compact form: numbers as variable-length integers (seven bits a byte, zigzag
/// where they may be negative), texts with their length before them, what is absent as one byte 0.
final class StateWriter {
    private byte[] bytes;
    private int size;

    StateWriter(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    StateWriter put(byte value) {
        room(1);
        bytes[size++] = value;
        return this;
    }

    StateWriter unsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    StateWriter signed(long value) {
        return unsigned((value << 1) ^ (value >> 63));
    }

    StateWriter fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    StateWriter raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    StateWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return unsigned(utf8.length).raw(utf8);
    }

    StateWriter textOrNull(@Nullable String value) {
        return value == null ? put((byte) 0) : put((byte) 1).text(value);
    }

    StateWriter money(Money value) {
        return signed(value.stored().unscaledValue().longValueExact());
    }

    StateWriter moneyOrNull(@Nullable Money value) {
        return value == null ? put((byte) 0) : put((byte) 1).money(value);
    }

    StateWriter instant(Instant value) {
        return signed(value.toEpochMilli());
    }

    private void room(int needed) {
        if (size + needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + needed));
        }
    }
}
