package io.cartlog.commands.streams;

import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.OrderId;
import java.time.Instant;
import java.util.UUID;

/// Where a command stands in the log. Ids are made of it, so that deciding the same record again
/// gives the same ids, and no two records give the same one.
///
/// @param recordedAt log time, to the millisecond
/// @param partition 0 to 16,383
/// @param offset below 2^48
record LogPosition(Instant recordedAt, int partition, long offset) {
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ORDER_CHARACTERS = 26;

    /// The order that the command makes: `O-` and 26 characters of Crockford's base 32, of 48 bits
    /// log time, 16 bits partition, 48 bits offset and 16 bits of zero. Sorts by time.
    OrderId orderId() {
        long high = (recordedAt.toEpochMilli() << 16) | partition;
        long low = offset << 16;
        char[] text = new char[ORDER_CHARACTERS];
        for (int i = ORDER_CHARACTERS - 1; i >= 0; i--) {
            text[i] = CROCKFORD.charAt((int) low & 31);
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new OrderId("O-" + new String(text));
    }

    /// The id of the command's event number `index`: shaped as UUID version 7, with 14 bits of the
    /// partition, the offset and 12 bits of the index where others put random bits.
    UUID eventId(int index) {
        long high = (recordedAt.toEpochMilli() << 16) | 0x7000L | (partition >>> 2);
        long low =
                0x8000_0000_0000_0000L | ((partition & 3L) << 60) | (offset << 12) | (index & 4095);
        return new UUID(high, low);
    }

    /// The id of what the command's decider says to that of another account, number `index`.
    CommandId followUpId(int index) {
        return new CommandId(CommandEnvelope.OWN_IDS + eventId(index));
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
