package io.cartlog.commands.streams;

import io.cartlog.schemas.command.CartCommand.Action;
import io.cartlog.schemas.command.CartCommand.Batch;
import io.cartlog.schemas.command.CartCommand.CannotHandOver;
import io.cartlog.schemas.command.CartCommand.CheckOut;
import io.cartlog.schemas.command.CartCommand.HandOver;
import io.cartlog.schemas.command.CartCommand.LookUp;
import io.cartlog.schemas.command.CartCommand.MergeCart;
import io.cartlog.schemas.command.CartCommand.Message;
import io.cartlog.schemas.command.CartCommand.Receive;
import io.cartlog.schemas.command.CartCommand.RecordPurchase;
import io.cartlog.schemas.command.CartCommand.TakeBack;
import io.cartlog.schemas.command.CartCommand.UndoLast;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CommandId;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Record;

/// A command with all that is known of it before it is decided.
///
/// @param id of the command that the decision answers: of the merge, if the command is what a guest
///   says to it
/// @param fingerprint of that command
record Question(
        Record<byte[], byte[]> record,
        LogPosition position,
        CommandEnvelope envelope,
        CommandId id,
        long fingerprint) {
    AccountId account() {
        return envelope.account();
    }

    Instant now() {
        return position.recordedAt();
    }

    Instant occurredAt() {
        return Objects.requireNonNullElse(envelope.occurredAt(), position.recordedAt());
    }

    Question about(CommandId merge, long mergeFingerprint) {
        return new Question(record, position, envelope, merge, mergeFingerprint);
    }

    /// Whether somebody is answered.
    boolean concludes() {
        return switch (envelope.command()) {
            case HandOver _, TakeBack _ -> false;
            case Action _,
                    Batch _,
                    MergeCart _,
                    UndoLast _,
                    CheckOut _,
                    RecordPurchase _,
                    LookUp _,
                    Receive _,
                    CannotHandOver _ ->
                    true;
        };
    }

    /// Whether goods or money move if it is accepted.
    boolean isForEver() {
        return switch (envelope.command()) {
            case CheckOut _, RecordPurchase _ -> true;
            case Action _, Batch _, MergeCart _, UndoLast _, LookUp _, Message _ -> false;
        };
    }
}
