package io.cartlog.commands.streams;

import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// The memory of command ids: what has moved goods or money is remembered for ever, everything else
/// for [#MEMORY] of log time.
///
/// The latter lies in windows of half [#MEMORY]. So finding an id takes three look-ups, and the
/// store drops whole windows as log time goes by.
final class Answers {
    static final String FOR_EVER = "answers-for-ever";
    static final String RECENT = "answers-recent";

    /// How long a cart command's id is remembered, in log time.
    static final Duration MEMORY = Duration.ofDays(7);

    /// Length of a window of [#RECENT].
    static final Duration WINDOW = MEMORY.dividedBy(2);

    private final KeyValueStore<byte[], byte[]> forEver;
    private final WindowStore<byte[], byte[]> recent;

    Answers(KeyValueStore<byte[], byte[]> forEver, WindowStore<byte[], byte[]> recent) {
        this.forEver = forEver;
        this.recent = recent;
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
            byte[] known = recent.fetch(key, start);
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
        recent.put(key, bytes, window(answer.at()));
        return key.length + bytes.length;
    }

    /// The start of the window that a time lies in.
    static long window(Instant time) {
        return Math.max(0, time.toEpochMilli() / WINDOW.toMillis() * WINDOW.toMillis());
    }

    private static byte[] key(AccountId account, CommandId command) {
        return (account.value() + '\0' + command.value()).getBytes(StandardCharsets.UTF_8);
    }
}
