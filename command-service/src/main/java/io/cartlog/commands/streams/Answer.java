package io.cartlog.commands.streams;

import io.cartlog.schemas.reply.ReplyEnvelope;
import io.cartlog.schemas.topic.Topics;
import java.time.Instant;

/// What a command was answered, kept so that sending it again gives the same answer.
final class Answer {
    private static final byte FORMAT = 1;

    private final long fingerprint;
    private final Instant at;
    private final byte[] reply;

    /// @param fingerprint of the command's content
    /// @param at log time of the answer
    /// @param reply in the wire format
    Answer(long fingerprint, Instant at, byte[] reply) {
        this.fingerprint = fingerprint;
        this.at = at;
        this.reply = reply;
    }

    static Answer fromBytes(byte[] bytes) {
        StateReader in = new StateReader(bytes, FORMAT);
        return new Answer(in.fixed(), in.instant(), in.rest());
    }

    byte[] toBytes() {
        return new StateWriter(16 + reply.length)
                .put(FORMAT)
                .fixed(fingerprint)
                .instant(at)
                .raw(reply)
                .toBytes();
    }

    long fingerprint() {
        return fingerprint;
    }

    Instant at() {
        return at;
    }

    ReplyEnvelope envelope() {
        return Topics.REPLIES.values().fromBytes(reply);
    }
}
