package io.cartlog.commands.streams;

import io.cartlog.schemas.value.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what [StateWriter] wrote.
final class StateReader {
    private final byte[] bytes;
    private int position;

    /// @throws IllegalStateException if the state is of a format that this code does not know
    StateReader(byte[] bytes, byte format) {
        this.bytes = bytes;
        if (get() != format) {
            throw new IllegalStateException("a state of the unknown format " + bytes[0]);
        }
    }

    byte get() {
        return bytes[position++];
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    int integer() {
        return Math.toIntExact(unsigned());
    }

    long fixed() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (get() & 0xFF);
        }
        return value;
    }

    String text() {
        int length = integer();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    @Nullable String textOrNull() {
        return get() == 0 ? null : text();
    }

    Money money() {
        return new Money(BigDecimal.valueOf(signed(), Money.SCALE));
    }

    @Nullable Money moneyOrNull() {
        return get() == 0 ? null : money();
    }

    Instant instant() {
        return Instant.ofEpochMilli(signed());
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, position, bytes.length);
    }
}
