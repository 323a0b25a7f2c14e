package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The memory of command ids: what has moved goods or money is remembered for ever, everything else
/// for [#MEMORY] of log time.
///
/// The latter lies in windows of half [#MEMORY], so finding an id takes three look-ups and what is
/// over stands together. It is forgotten in portions: a key is a byte that spreads ids over 256 of
/// them, the start of the window (8 bytes, big-endian), and the id.
final class Answers {
    /// How long a cart command's id is remembered, in log time.
    static final Duration MEMORY = Duration.ofDays(7);

    /// Length of a window.
    static final Duration WINDOW = MEMORY.dividedBy(2);

    private static final int PORTIONS = 256;

    private final Table forEver;
    private final Table recent;

    Answers(KeyValueStore<byte[], byte[]> store) {
        this.forEver = new Table(Table.Name.ANSWERS_FOR_EVER, store);
        this.recent = new Table(Table.Name.ANSWERS_RECENT, store);
    }

    /// What is known of a command of this id, or null if there was none or it is forgotten.
    @Nullable Answer find(AccountId account, CommandId command, Instant now) {
        byte[] key = key(account, command);
        byte[] known = forEver.get(key);
        return known != null ? Answer.fromBytes(known) : findRecent(key, now);
    }

    private @Nullable Answer findRecent(byte[] key, Instant now) {
        Instant oldest = now.minus(MEMORY);
        for (long start = window(now); start >= window(oldest); start -= WINDOW.toMillis()) {
            byte[] known = recent.get(in(start, key));
            if (known != null) {
                Answer answer = Answer.fromBytes(known);
                return answer.at().isBefore(oldest) ? null : answer;
            }
        }
        return null;
    }

    void putForEver(AccountId account, CommandId command, Answer answer) {
        forEver.put(key(account, command), answer.toBytes());
    }

    /// @return how many bytes it takes
    int put(AccountId account, CommandId command, Answer answer) {
        byte[] key = key(account, command);
        byte[] bytes = answer.toBytes();
        recent.put(in(window(answer.at()), key), bytes);
        return key.length + bytes.length;
    }

    /// Forgets the first portion of the windows that are over.
    ///
    /// @param most that are forgotten
    void forgetSome(Instant now, int most) {
        long over = window(now.minus(MEMORY));
        for (int portion = 0; portion < PORTIONS; portion++) {
            List<byte[]> keys = recent.keys(portion(portion, 0), portion(portion, over), most);
            if (!keys.isEmpty()) {
                keys.forEach(recent::delete);
                return;
            }
        }
    }

    /// The start of the window that a time lies in.
    static long window(Instant time) {
        return Math.max(0, time.toEpochMilli() / WINDOW.toMillis() * WINDOW.toMillis());
    }

    private static byte[] in(long window, byte[] key) {
        int portion = (Arrays.hashCode(key) * 0x9E3779B9) >>> 24;
        return ByteBuffer.allocate(1 + Long.BYTES + key.length)
                .put((byte) portion)
                .putLong(window)
                .put(key)
                .array();
    }

    private static byte[] portion(int portion, long window) {
        return ByteBuffer.allocate(1 + Long.BYTES).put((byte) portion).putLong(window).array();
    }

    private static byte[] key(AccountId account, CommandId command) {
        return (account.value() + '\0' + command.value()).getBytes(StandardCharsets.UTF_8);
    }
}
