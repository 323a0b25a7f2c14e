package io.cartlog.commands.streams;

import io.cartlog.schemas.command.CartCommand;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.MoveToCart;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.RemoveItem;
import io.cartlog.schemas.command.CartCommand.RemoveSavedItem;
import io.cartlog.schemas.command.CartCommand.SaveForLater;
import io.cartlog.schemas.command.CartCommand.SaveItem;
import io.cartlog.schemas.command.CartCommand.SetQuantity;
import io.cartlog.schemas.command.CommandEnvelope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/// The memory of command ids: what moves goods or money is remembered for ever, what changes a cart
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

    /// The first answer to a command of this id, or null if there is none or it is forgotten.
    @Nullable Answer find(CommandEnvelope command, Instant now) {
        byte[] key = key(command);
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

    void put(CommandEnvelope command, Answer answer) {
        if (isForEver(command.command())) {
            forEver.put(key(command), answer.toBytes());
        } else {
            recent.put(key(command), answer.toBytes(), window(answer.at()));
        }
    }

    private static boolean isForEver(CartCommand command) {
        return switch (command) {
            case CheckOut _, RecordPurchase _ -> true;
            case AddItem _,
                    SetQuantity _,
                    RemoveItem _,
                    SaveForLater _,
                    MoveToCart _,
                    SaveItem _,
                    RemoveSavedItem _ ->
                    false;
        };
    }

    private static long window(Instant time) {
        return Math.max(0, time.toEpochMilli() / WINDOW.toMillis() * WINDOW.toMillis());
    }

    private static byte[] key(CommandEnvelope command) {
        return (command.account().value() + '\0' + command.commandId().value())
                .getBytes(StandardCharsets.UTF_8);
    }
}
