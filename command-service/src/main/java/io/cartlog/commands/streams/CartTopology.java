package io.cartlog.commands.streams;

import io.cartlog.commands.cart.CartDecider;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.service.tracing.Tracing;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/// Commands in; events, replies and dead letters out, and what an account has to say to another
/// back into the commands.
final class CartTopology {
    private CartTopology() {}

    static Topology of(
            CartDecider decider,
            Keeping keeping,
            StoreKind stores,
            CommitPace pace,
            Tracing tracing) {
        var bytes = new ByteArrayDeserializer();
        var keys = new ByteArraySerializer();
        return new Topology()
                .addSource("commands", bytes, bytes, Topics.COMMANDS.name())
                .addProcessor(
                        "decide", () -> new Decide(decider, keeping, pace, tracing), "commands")
                .addStateStore(stores.keyValue(Table.STORE), "decide")
                .addSink(
                        Decide.EVENTS,
                        Topics.EVENTS.name(),
                        keys,
                        Outgoing.BYTES,
                        Outgoing.PARTITION,
                        "decide")
                .addSink(Decide.FOLLOW_UPS, Topics.COMMANDS.name(), keys, Outgoing.BYTES, "decide")
                .addSink(
                        Decide.REPLIES,
                        Topics.REPLIES.name(),
                        keys,
                        Outgoing.BYTES,
                        Outgoing.PARTITION_IF_PRESENT,
                        "decide")
                .addSink(
                        Decide.DEAD_LETTERS,
                        Topics.DEAD_LETTERS,
                        keys,
                        Outgoing.BYTES,
                        Outgoing.PARTITION,
                        "decide");
    }
}
