package io.cartlog.commands.streams;

import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import java.time.Instant;

/// What a command was answered, kept so that sending it again gives the same answer.
final class Answer {
    private static final byte FORMAT = 2;

    /// What stands behind a command's id.
    enum Kind {
        /// The answer for every time that the command is sent.
        FINAL(0),
        /// Another account was asked.
        PENDING(1),
        /// The account had another version than expected. Nothing has happened, so the command may
        /// be tried again; kept for those who ask what became of it.
        CONFLICT(2),
        /// A step of a merge that has been made; nobody waits for an answer.
        STEP(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalStateException("an answer of the unknown kind " + code);
        }
    }

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
        return new Answer(in.fixed(), in.instant(), Kind.of(in.get()), in.rest());
    }

    byte[] toBytes() {
        return new StateWriter(20 + reply.length)
                .put(FORMAT)
                .fixed(fingerprint)
                .instant(at)
                .put(kind.code)
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
