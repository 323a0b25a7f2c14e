package io.cartlog.projection.intake;

import io.cartlog.projection.view.Logged;
import io.cartlog.projection.view.Place;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// What the records of the log say.
final class LogRecords {
    private LogRecords() {}

    /// @return empty for what cannot be read and has no account's key: nobody waits for it
    static Optional<Logged> read(ConsumerRecord<byte[], byte[]> record) {
        Place at = new Place(record.partition(), record.offset());
        try {
            return Optional.of(
                    new Logged.Event(at, Topics.EVENTS.values().fromBytes(value(record))));
        } catch (UnreadableRecordException e) {
            return account(record)
                    .map(account ->
                            new Logged.Unreadable(
                                    at,
                                    account,
                                    Instant.ofEpochMilli(record.timestamp()),
                                    String.valueOf(e.getMessage())));
        }
    }

    /// Why nobody can read it; empty if one can.
    static Optional<String> trouble(ConsumerRecord<byte[], byte[]> record) {
        try {
            Topics.EVENTS.values().fromBytes(value(record));
            return Optional.empty();
        } catch (UnreadableRecordException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        return record.value();
    }

    /// By the record's key; empty if that is no account.
    static Optional<AccountId> account(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AccountId(new String(record.key(), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
