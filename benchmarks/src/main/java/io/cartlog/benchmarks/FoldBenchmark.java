package io.cartlog.benchmarks;

import io.cartlog.projection.view.CartView;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.ViewChange;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a rebuild does without a store: events of the log to what they change of the views, a chunk
/// at a time. In events a second, one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(FoldBenchmark.CHUNK)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FoldBenchmark {
    static final int CHUNK = 10_000;
    private static final int EVENTS_PER_ACCOUNT = 20;
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    /// How many events change the same line.
    @Param({"1", "10"})
    public int eventsPerItem;

    private List<byte[]> log = List.of();
    private List<RecordedEvent> events = List.of();

    @Setup
    public void fill() {
        List<RecordedEvent> all = new ArrayList<>();
        for (int i = 0; i < CHUNK; i++) {
            all.add(
                    event(
                            "1000" + i % (CHUNK / EVENTS_PER_ACCOUNT),
                            1 + i / (CHUNK / EVENTS_PER_ACCOUNT)));
        }
        events = all;
        log = all.stream().map(Topics.EVENTS.values()::toBytes).toList();
    }

    private RecordedEvent event(String account, int version) {
        Sku sku = new Sku("P-" + (1_000 + version / eventsPerItem));
        CartLine line = new CartLine(sku, version, Money.of("199.99"), "TV", NOON, version);
        return new RecordedEvent(
                new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + version),
                new AccountId(account),
                version,
                new CommandId("bench-" + version),
                version,
                NOON,
                NOON,
                new ItemAdded(line, 1));
    }

    /// The limit: bytes to events, nothing else.
    @Benchmark
    public int decode() {
        int versions = 0;
        for (byte[] record : log) {
            versions += (int) Topics.EVENTS.values().fromBytes(record).version();
        }
        return versions;
    }

    /// Events to changes.
    @Benchmark
    public int fold() {
        return fold(events);
    }

    /// Bytes to changes.
    @Benchmark
    public int decodeAndFold() {
        return fold(log.stream().map(Topics.EVENTS.values()::fromBytes).toList());
    }

    private static int fold(List<RecordedEvent> chunk) {
        Map<AccountId, List<RecordedEvent>> byAccount = new LinkedHashMap<>();
        for (RecordedEvent event : chunk) {
            byAccount.computeIfAbsent(event.account(), _ -> new ArrayList<>()).add(event);
        }
        int writes = 0;
        for (Map.Entry<AccountId, List<RecordedEvent>> account : byAccount.entrySet()) {
            ViewChange change = CartView.apply(Head.none(account.getKey()), account.getValue());
            writes += change.guarded();
        }
        return writes;
    }
}
