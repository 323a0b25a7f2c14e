package io.cartlog.sink.row;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.Money;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Avro's binary form, value by value, for what is written as our codec writes it and holds what
/// our values take. All else is odd, which does not mean wrong: a key in Greek letters is odd.
///
/// @see io.cartlog.schemas.avro.EventCodec which judges what is odd
final class PlainAvro {
    private static final int BITS_OF_A_LONG = 64;
    private static final int BYTES_OF_AN_INT = 5;
    private static final int BYTES_OF_A_KEY = 40;
    private static final int BYTES_OF_A_COMMAND = 100;
    private static final int BYTES_OF_A_UUID = 36;

    /// Beyond it microseconds are no long any more; the year 294,247 comes later.
    private static final long LATEST_MILLIS = Long.MAX_VALUE / 1_000;

    /// The first unscaled number that has more digits than [Money].
    private static final long TOO_MUCH = powerOfTen(Money.PRECISION);

    private static final boolean[] IN_AN_ACCOUNT = oneOf("._:@-", true);
    private static final boolean[] FIRST_OF_AN_ACCOUNT = oneOf("", true);
    private static final boolean[] IN_A_UUID = oneOf("0123456789abcdef", false);

    private byte[] bytes = {};
    private int next;
    private int end;

    void open(byte[] array, int from, int to) {
        bytes = array;
        next = from;
        end = to;
    }

    boolean isAtTheEnd() {
        return next == end;
    }

    long number() {
        long raw = 0;
        for (int shift = 0; shift < BITS_OF_A_LONG; shift += 7) {
            byte b = take();
            raw |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new OddBytesException();
    }

    int integer() {
        int from = next;
        long number = number();
        if (number != (int) number || next - from > BYTES_OF_AN_INT) {
            throw new OddBytesException();
        }
        return (int) number;
    }

    long millis() {
        long millis = number();
        if (millis > LATEST_MILLIS || millis < -LATEST_MILLIS) {
            throw new OddBytesException();
        }
        return millis;
    }

    /// Which one of so many: a branch of a union, a symbol of an enumeration.
    int choice(int count) {
        int choice = integer();
        if (choice < 0 || choice >= count) {
            throw new OddBytesException();
        }
        return choice;
    }

    /// Whether an optional value follows.
    boolean isThere() {
        return choice(2) == 1;
    }

    /// How many elements follow before [#block] is to be asked again; 0: none any more.
    long block() {
        long count = number();
        if (count < 0) {
            throw new OddBytesException();
        }
        return count;
    }

    /// An amount without its point.
    long money() {
        int length = length(Long.BYTES);
        if (length == 0) {
            throw new OddBytesException();
        }
        long unscaled = bytes[next];
        for (int i = 1; i < length; i++) {
            unscaled = (unscaled << 8) | (bytes[next + i] & 0xff);
        }
        next += length;
        return inRange(unscaled);
    }

    /// @param unscaled an amount that [Money] takes
    static long times(long unscaled, int quantity) {
        if (quantity != 0 && Math.abs(unscaled) > TOO_MUCH / Math.abs((long) quantity)) {
            throw new OddBytesException();
        }
        return inRange(unscaled * quantity);
    }

    static long inRange(long unscaled) {
        if (unscaled >= TOO_MUCH || unscaled <= -TOO_MUCH) {
            throw new OddBytesException();
        }
        return unscaled;
    }

    void text(Slice into) {
        int length = length(end - next);
        if (!isAscii(length)) {
            checkWellFormed(length);
        }
        take(into, length);
    }

    void optionalText(Slice into) {
        if (isThere()) {
            text(into);
        } else {
            into.clear();
        }
    }

    /// What [io.cartlog.schemas.value.Sku] and [io.cartlog.schemas.value.OrderId] take.
    void key(Slice into) {
        int length = length(BYTES_OF_A_KEY);
        boolean blank = true;
        for (int i = next; i < next + length; i++) {
            byte b = bytes[i];
            if (b < ' ' || b > '~' || b == '#') {
                throw new OddBytesException();
            }
            blank &= b == ' ';
        }
        if (blank) {
            throw new OddBytesException();
        }
        take(into, length);
    }

    /// What [AccountId] takes.
    void account(Slice into) {
        int length = length(AccountId.MAX_LENGTH);
        if (length == 0 || !is(FIRST_OF_AN_ACCOUNT, bytes[next])) {
            throw new OddBytesException();
        }
        for (int i = next + 1; i < next + length; i++) {
            if (!is(IN_AN_ACCOUNT, bytes[i])) {
                throw new OddBytesException();
            }
        }
        take(into, length);
    }

    /// What [io.cartlog.schemas.value.CommandId] takes.
    void commandId(Slice into) {
        int length = length(BYTES_OF_A_COMMAND);
        if (length == 0) {
            throw new OddBytesException();
        }
        for (int i = next; i < next + length; i++) {
            if (bytes[i] <= ' ' || bytes[i] > '~') {
                throw new OddBytesException();
            }
        }
        take(into, length);
    }

    /// As [java.util.UUID] writes it.
    void uuid(Slice into) {
        int length = length(BYTES_OF_A_UUID);
        if (length != BYTES_OF_A_UUID) {
            throw new OddBytesException();
        }
        for (int i = 0; i < length; i++) {
            byte b = bytes[next + i];
            boolean fits =
                    switch (i) {
                        case 8, 13, 18, 23 -> b == '-';
                        default -> is(IN_A_UUID, b);
                    };
            if (!fits) {
                throw new OddBytesException();
            }
        }
        take(into, length);
    }

    private int length(int most) {
        long length = number();
        if (length < 0 || length > most || length > end - next) {
            throw new OddBytesException();
        }
        return (int) length;
    }

    private void take(Slice into, int length) {
        into.set(bytes, next, length);
        next += length;
    }

    private byte take() {
        if (next >= end) {
            throw new OddBytesException();
        }
        return bytes[next++];
    }

    private boolean isAscii(int length) {
        int all = 0;
        for (int i = next; i < next + length; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    /// The codec puts a sign of its own in place of what is no UTF-8.
    private void checkWellFormed(int length) {
        byte[] again =
                new String(bytes, next, length, StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_8);
        if (!Arrays.equals(again, 0, again.length, bytes, next, next + length)) {
            throw new OddBytesException();
        }
    }

    private static boolean is(boolean[] one, byte b) {
        return b >= 0 && one[b];
    }

    private static boolean[] oneOf(String signs, boolean lettersAndDigits) {
        boolean[] one = new boolean[1 << 7];
        for (char c = 0; c < one.length; c++) {
            boolean isOther = signs.indexOf(c) >= 0;
            one[c] = isOther || (lettersAndDigits && Character.isLetterOrDigit(c));
        }
        return one;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
