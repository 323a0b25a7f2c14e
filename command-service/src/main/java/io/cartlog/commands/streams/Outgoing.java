package io.cartlog.commands.streams;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/// A record on its way out, with the partition that it is for. Follow-ups name none: the producer
/// puts them where it puts every command with their key.
final class Outgoing {
    static final Serializer<Outgoing> BYTES = (topic, out) -> out.bytes;

    static final StreamPartitioner<byte[], Outgoing> PARTITION =
            (topic, key, out, partitions) -> Optional.of(Set.of(out.partition));

    /// As [#PARTITION], but a record for a partition that does not exist is dropped: who names such
    /// a one for his reply does not wait for it.
    static final StreamPartitioner<byte[], Outgoing> PARTITION_IF_PRESENT =
            (topic, key, out, partitions) ->
                    Optional.of(out.partition < partitions ? Set.of(out.partition) : Set.of());

    static final int BY_KEY = -1;

    private final byte @Nullable [] bytes;
    private final int partition;

    Outgoing(byte @Nullable [] bytes, int partition) {
        this.bytes = bytes;
        this.partition = partition;
    }
}
