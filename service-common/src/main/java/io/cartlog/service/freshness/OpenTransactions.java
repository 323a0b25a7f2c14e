package io.cartlog.service.freshness;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Since when the end of what is committed stands before the end of what is written.
final class OpenTransactions {
    private record Stop(long stable, Instant seen) {}

    private final Map<TopicPartition, Stop> stops = new HashMap<>();

    /// @param stable offset by partition of the first record that is in an open transaction, or the
    ///   end
    /// @param ends offset by partition behind the last record
    /// @return when the oldest stop that still stands was seen first; null if there is none
    @Nullable Instant longest(
            Map<TopicPartition, Long> stable, Map<TopicPartition, Long> ends, Instant now) {
        stops.keySet().retainAll(stable.keySet());
        stable.forEach((partition, offset) -> {
            Stop before = stops.get(partition);
            if (ends.getOrDefault(partition, 0L) <= offset) {
                stops.remove(partition);
            } else if (before == null || before.stable != offset) {
                stops.put(partition, new Stop(offset, now));
            }
        });
        return stops.values().stream().map(Stop::seen).min(Comparator.naturalOrder()).orElse(null);
    }
}
