package io.cartlog.projection.intake;

import io.cartlog.projection.view.VersionGapException;
import io.cartlog.schemas.avro.UnreadableRecordException;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Records that came together, as events by account.
final class Batch {
    private final Map<AccountId, List<Arrived>> arrived = new LinkedHashMap<>();
    private final Map<TopicPartition, String> ranges = new LinkedHashMap<>();

    /// An event and the record that it came in.
    record Arrived(RecordedEvent event, int partition, long offset) {}

    private Batch() {}

    /// @param unreadable is given what is no event, and why
    static Batch of(
            ConsumerRecords<byte[], byte[]> records,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> unreadable) {
        Batch batch = new Batch();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> part = records.records(partition);
            batch.ranges.put(
                    partition,
                    partition + "@" + part.getFirst().offset() + ".." + part.getLast().offset());
            part.forEach(record -> batch.add(record, unreadable));
        }
        return batch;
    }

    private void add(
            ConsumerRecord<byte[], byte[]> record,
            BiConsumer<ConsumerRecord<byte[], byte[]>, String> unreadable) {
        try {
            RecordedEvent event = read(record);
            arrived.computeIfAbsent(event.account(), _ -> new ArrayList<>())
                    .add(new Arrived(event, record.partition(), record.offset()));
        } catch (UnreadableRecordException e) {
            unreadable.accept(record, String.valueOf(e.getMessage()));
        }
    }

    private static RecordedEvent read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new UnreadableRecordException("the record has no value");
        }
        return Topics.EVENTS.values().fromBytes(record.value());
    }

    Map<AccountId, List<RecordedEvent>> events() {
        Map<AccountId, List<RecordedEvent>> events = LinkedHashMap.newLinkedHashMap(arrived.size());
        arrived.forEach(
                (account, list) -> events.put(account, list.stream().map(Arrived::event).toList()));
        return events;
    }

    /// Only those of some partitions.
    Map<AccountId, List<RecordedEvent>> events(Set<Integer> partitions) {
        Map<AccountId, List<RecordedEvent>> events = LinkedHashMap.newLinkedHashMap(arrived.size());
        arrived.forEach((account, list) -> {
            List<RecordedEvent> some =
                    list.stream()
                            .filter(a -> partitions.contains(a.partition()))
                            .map(Arrived::event)
                            .toList();
            if (!some.isEmpty()) {
                events.put(account, some);
            }
        });
        return events;
    }

    /// Where the gap is: `cart.events-2@1234`.
    String coordinates(VersionGapException gap) {
        return arrived.getOrDefault(gap.account(), List.of()).stream()
                .filter(a -> a.event().version() == gap.found())
                .map(a -> Topics.EVENTS.name() + "-" + a.partition() + "@" + a.offset())
                .findFirst()
                .orElseGet(this::coordinates);
    }

    /// What the batch holds: `cart.events-2@1200..1300`.
    String coordinates() {
        return ranges.values().stream().collect(Collectors.joining(", "));
    }
}
