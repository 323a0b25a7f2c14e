package io.cartlog.commands.streams;

import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import java.time.Instant;

/// What a command was answered, kept so that sending it again gives the same answer.
final class Answer {
    private static final byte FORMAT = 2;

    /// What stands behind a command's id; the order is that of the bytes in the store.
    enum Kind {
        /// The answer for every time that the command is sent.
        FINAL,
        /// Another account was asked.
        PENDING,
        /// The account had another version than expected. Nothing has happened, so the command may
        /// be tried again; kept for those who ask what became of it.
        CONFLICT,
        /// A step of a merge that has been made; nobody waits for an answer.
        STEP
    }

    private static final Kind[] KINDS = Kind.values();
    private static final byte[] NO_REPLY = {};

    private final long fingerprint;
    private final Instant at;
    private final Kind kind;
    private final byte[] reply;

    /// @param fingerprint of the command's content
    /// @param at log time of the answer
    /// @param reply in the wire format
    Answer(long fingerprint, Instant at, Kind kind, byte[] reply) {
        this.fingerprint = fingerprint;
        this.at = at;
        this.kind = kind;
        this.reply = reply;
    }

    static Answer pending(long fingerprint, Instant at) {
        return new Answer(fingerprint, at, Kind.PENDING, NO_REPLY);
    }

    static Answer step(long fingerprint, Instant at) {
        return new Answer(fingerprint, at, Kind.STEP, NO_REPLY);
    }

    static Answer fromBytes(byte[] bytes) {
        StateReader in = new StateReader(bytes, FORMAT);
        return new Answer(in.fixed(), in.instant(), KINDS[in.get()], in.rest());
    }

    byte[] toBytes() {
        return new StateWriter(20 + reply.length)
                .put(FORMAT)
                .fixed(fingerprint)
                .instant(at)
                .put((byte) kind.ordinal())
                .raw(reply)
                .toBytes();
    }

    long fingerprint() {
        return fingerprint;
    }

    Instant at() {
        return at;
    }

    Kind kind() {
        return kind;
    }

    /// Of an answer that is [Kind#FINAL] or a [Kind#CONFLICT].
    ReplyEnvelope envelope() {
        return Topics.REPLIES.values().fromBytes(reply);
    }
}
