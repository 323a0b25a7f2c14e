package io.cartlog.projection.intake;

import io.cartlog.projection.view.Logged;
import io.cartlog.projection.view.Place;
import io.cartlog.schemas.value.AccountId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Records that came together, by account.
final class Batch {
    private final Map<AccountId, List<Logged>> records = new LinkedHashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> nobodys = new ArrayList<>();
    private final Map<Place, ConsumerRecord<byte[], byte[]>> raw = new HashMap<>();
    private final Map<TopicPartition, String> ranges = new LinkedHashMap<>();

    Batch(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> part = polled.records(partition);
            ranges.put(
                    partition,
                    partition + "@" + part.getFirst().offset() + ".." + part.getLast().offset());
            part.forEach(this::add);
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        raw.put(new Place(record.partition(), record.offset()), record);
        LogRecords.read(record)
                .ifPresentOrElse(
                        logged ->
                                records.computeIfAbsent(logged.account(), _ -> new ArrayList<>())
                                        .add(logged),
                        () -> nobodys.add(record));
    }

    Map<AccountId, List<Logged>> records() {
        return records;
    }

    /// Only those of some partitions.
    Map<AccountId, List<Logged>> records(Set<Integer> partitions) {
        Map<AccountId, List<Logged>> some = LinkedHashMap.newLinkedHashMap(records.size());
        records.forEach((account, list) -> {
            List<Logged> its =
                    list.stream().filter(r -> partitions.contains(r.at().partition())).toList();
            if (!its.isEmpty()) {
                some.put(account, its);
            }
        });
        return some;
    }

    /// What nobody can read, nor say whose it is.
    List<ConsumerRecord<byte[], byte[]>> nobodys() {
        return nobodys;
    }

    /// A record of this batch as it was polled.
    ConsumerRecord<byte[], byte[]> raw(Place at) {
        ConsumerRecord<byte[], byte[]> record = raw.get(at);
        if (record == null) {
            throw new IllegalStateException(at + " is not in " + coordinates());
        }
        return record;
    }

    /// What the batch holds: `cart.events-2@1200..1300`.
    String coordinates() {
        return ranges.values().stream().collect(Collectors.joining(", "));
    }
}
