package io.cartlog.projection.verify;

import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.VersionGapException;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The accounts that a fold of the log cannot take further, and where it stopped: by itself, and by
/// what operators have decided to skip. Whoever keeps the views has to have parked the same.
final class Stops {
    private final Skips skips;
    private final Map<AccountId, Stop> stops = new HashMap<>();

    /// @param partition with `offset`: the record that cannot be applied
    record Stop(String account, int partition, long offset, String reason) {}

    Stops(Skips skips) {
        this.skips = skips;
    }

    /// Has the record's event folded, if it can be read and its account has not stopped before.
    ///
    /// @return the event, folded or not; null if it cannot be read
    @Nullable RecordedEvent pass(
            ConsumerRecord<byte[], byte[]> record, Consumer<RecordedEvent> fold) {
        Place at = new Place(record.partition(), record.offset());
        try {
            RecordedEvent event = read(record);
            if (!stops.containsKey(event.account())) {
                fold(event, at, fold);
            }
            return event;
        } catch (UnreadableRecordException e) {
            AccountId account = account(record);
            if (account != null && !skips.has(at)) {
                stop(account, at, e);
            }
            return null;
        }
    }

    private void fold(RecordedEvent event, Place at, Consumer<RecordedEvent> fold) {
        try {
            fold.accept(event);
        } catch (VersionGapException e) {
            stop(event.account(), at, e);
        }
    }

    private void stop(AccountId account, Place at, RuntimeException why) {
        stops.putIfAbsent(
                account,
                new Stop(
                        account.value(),
                        at.partition(),
                        at.offset(),
                        String.valueOf(why.getMessage())));
    }

    private static RecordedEvent read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        return Topics.EVENTS.values().fromBytes(record.value());
    }

    private static @Nullable AccountId account(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null
                    ? null
                    : new AccountId(new String(record.key(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// By account.
    List<Stop> all() {
        return stops.values().stream().sorted(Comparator.comparing(Stop::account)).toList();
    }
}
