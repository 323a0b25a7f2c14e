package io.cartlog.benchmarks.sink;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Warehouse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;

/// How long it takes from the log until a query on the warehouse sees an event.
final class Freshly {
    private static final Duration EVERY = Duration.ofMillis(50);

    private final Place place;
    private final Warehouse warehouse;
    private final MeasuredProcess service;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final List<Long> nanos = new ArrayList<>();

    private record Waiting(int partition, long offset, long since) {}

    /// @param service that takes the events there
    Freshly(Place place, Warehouse warehouse, MeasuredProcess service) {
        this.place = place;
        this.warehouse = warehouse;
        this.service = service;
    }

    /// Writes an event each 50 ms, for so long, and waits until each can be seen.
    ///
    /// @param first number of the first event
    /// @return how many there were
    long follow(long first, Duration duration) throws ExecutionException, InterruptedException {
        long count = duration.dividedBy(EVERY);
        try (KafkaProducer<byte[], byte[]> producer = place.producer()) {
            for (long n = 0; n < count; n++) {
                RecordMetadata written =
                        Place.send(producer, Topics.EVENTS.name(), first + n).get();
                waiting.add(new Waiting(written.partition(), written.offset(), System.nanoTime()));
                LockSupport.parkNanos(EVERY.toNanos());
                look();
            }
        }
        Place.await("all events in the warehouse", service, count, this::seen);
        nanos.sort(null);
        return count;
    }

    private long seen() {
        look();
        return nanos.size();
    }

    /// Rows and position are in one transaction.
    private void look() {
        Offsets seen = warehouse.ledger().offsets();
        long now = System.nanoTime();
        waiting.removeIf(it -> seen.of(it.partition) > it.offset && nanos.add(now - it.since));
    }

    /// The least that so many of a hundred events did not exceed.
    double seconds(int percentile) {
        int index = Math.ceilDiv(nanos.size() * percentile, 100) - 1;
        return nanos.get(index) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
