package io.cartlog.schemas.topic;

import io.cartlog.schemas.avro.ClickCodec;
import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.avro.EventCodec;
import io.cartlog.schemas.avro.ReplyCodec;
import io.cartlog.schemas.click.Click;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.reply.ReplyEnvelope;

/// Every topic of the system. All have as many partitions as [#COMMANDS], so that an account has
/// the same partition in each.
public final class Topics {
    /// Wishes; kept for a week. The broker stamps them, which makes the log's time.
    public static final Topic<CommandEnvelope> COMMANDS =
            new Topic<>("cart.commands", new CommandCodec());

    /// Facts; kept for ever.
    public static final Topic<RecordedEvent> EVENTS = new Topic<>("cart.events", new EventCodec());

    /// Answers; kept for an hour. The partition is the one that the asking instance reads.
    public static final Topic<ReplyEnvelope> REPLIES =
            new Topic<>("cart.replies", new ReplyCodec());

    /// What shoppers do on the site; kept for ever. The broker stamps them. Clicks are no part of
    /// any transaction: one may stand here twice, and counts once by its id.
    public static final Topic<Click> CLICKS = new Topic<>("shop.clicks", new ClickCodec());

    /// Records that could not be read, as they were, with the headers of [DeadLetter].
    public static final String DEAD_LETTERS = "cart.dead-letters";

    /// Header of a command: the partition of [#REPLIES] for the answer, 4 bytes big-endian.
    public static final String REPLY_PARTITION = "reply-partition";

    private Topics() {}
}
