package io.cartlog.sink.warehouse;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Rows in PostgreSQL's binary COPY format, in the column order of `warehouse.events`.
final class BinaryCopy implements AutoCloseable {
    private static final byte[] SIGNATURE =
            "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final short COLUMNS = 21;
    private static final int NULL = -1;
    private static final int END = -1;

    /// The largest value but text: a number of 18 digits.
    private static final int ROOM_FOR_A_NUMBER = 32;

    /// 2000-01-01 in seconds of the Unix epoch.
    private static final long EPOCH = 946_684_800L;

    private static final int NUMERIC_BASE = 10_000;
    private static final short NUMERIC_POSITIVE = 0;
    private static final short NUMERIC_NEGATIVE = 0x4000;
    private static final byte JSONB_VERSION = 1;

    private final CopyIn copy;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    BinaryCopy(CopyIn copy) {
        this.copy = copy;
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void write(EventRow row) throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        buffer.putShort(COLUMNS);
        text(row.eventId());
        text(row.accountId());
        bigint(row.version());
        text(row.commandId());
        text(row.eventType());
        timestamp(row.occurredAt());
        timestamp(row.recordedAt());
        text(row.orderId());
        integer(row.lineNo());
        integer(row.occurrence());
        text(row.sku());
        text(row.description());
        text(row.category());
        integer(row.quantity());
        numeric(row.unitPrice());
        text(row.kind());
        text(row.country());
        numeric(row.amount());
        jsonb(row.lines() == null ? null : LinesJson.of(row.lines()));
        integer(row.kafkaPartition());
        bigint(row.kafkaOffset());
    }

    /// @return rows that the server took
    long end() throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        buffer.putShort((short) END);
        send();
        return copy.endCopy();
    }

    /// Gives up what was not ended, so that the connection can be used or closed.
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void text(@Nullable String text) throws SQLException {
        if (text == null) {
            nothing();
        } else {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            room(ROOM_FOR_A_NUMBER);
            buffer.putInt(bytes.length);
            raw(bytes);
        }
    }

    private void jsonb(@Nullable String json) throws SQLException {
        if (json == null) {
            nothing();
        } else {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            room(ROOM_FOR_A_NUMBER);
            buffer.putInt(1 + bytes.length).put(JSONB_VERSION);
            raw(bytes);
        }
    }

    private void integer(@Nullable Integer number) throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        if (number == null) {
            buffer.putInt(NULL);
        } else {
            buffer.putInt(Integer.BYTES).putInt(number);
        }
    }

    private void bigint(long number) throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        buffer.putInt(Long.BYTES).putLong(number);
    }

    /// Microseconds since 2000.
    private void timestamp(Instant instant) throws SQLException {
        bigint((instant.getEpochSecond() - EPOCH) * 1_000_000 + instant.getNano() / 1_000);
    }

    /// Groups of four decimal digits, the most significant first; as many decimals as a group has
    /// digits, so that the last group is what stands behind the point.
    private void numeric(@Nullable Money money) throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        if (money == null) {
            buffer.putInt(NULL);
            return;
        }
        long unscaled = money.stored().unscaledValue().longValueExact();
        int groups = groups(Math.abs(unscaled));
        buffer.putInt(4 * Short.BYTES + groups * Short.BYTES)
                .putShort((short) groups)
                .putShort((short) (groups - 2))
                .putShort(unscaled < 0 ? NUMERIC_NEGATIVE : NUMERIC_POSITIVE)
                .putShort((short) Money.SCALE);
        digits(Math.abs(unscaled), groups);
    }

    private static int groups(long unscaled) {
        int groups = 0;
        for (long rest = unscaled; rest > 0; rest /= NUMERIC_BASE) {
            groups++;
        }
        return groups;
    }

    private void digits(long unscaled, int groups) {
        int start = buffer.position();
        long rest = unscaled;
        for (int i = groups - 1; i >= 0; i--) {
            buffer.putShort(start + i * Short.BYTES, (short) (rest % NUMERIC_BASE));
            rest /= NUMERIC_BASE;
        }
        buffer.position(start + groups * Short.BYTES);
    }

    private void nothing() throws SQLException {
        room(ROOM_FOR_A_NUMBER);
        buffer.putInt(NULL);
    }

    private void raw(byte[] bytes) throws SQLException {
        if (bytes.length > buffer.remaining()) {
            send();
        }
        if (bytes.length > buffer.capacity()) {
            copy.writeToCopy(bytes, 0, bytes.length);
        } else {
            buffer.put(bytes);
        }
    }

    private void room(int bytes) throws SQLException {
        if (buffer.remaining() < bytes) {
            send();
        }
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
