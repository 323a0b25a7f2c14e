package io.cartlog.benchmarks;

import io.cartlog.schemas.avro.CommandCodec;
import io.cartlog.schemas.command.CartCommand.AddItem;
import io.cartlog.schemas.command.CommandEnvelope;
import io.cartlog.schemas.event.CartEvent.ItemAdded;
import io.cartlog.schemas.event.RecordedEvent;
import io.cartlog.schemas.topic.Topics;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.CartLine;
import io.cartlog.schemas.value.CommandId;
import io.cartlog.schemas.value.Money;
import io.cartlog.schemas.value.Sku;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Records to bytes and back.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final CommandCodec commands = new CommandCodec();
    private final CommandEnvelope command =
            new CommandEnvelope(
                    new CommandId("5f0c2f3e-8d3c-4a44-9a39-2a9fd0c9a111"),
                    new AccountId("10000042"),
                    null,
                    new AddItem(new Sku("P-1001"), 2, Money.of("199.99"), "TV"));
    private final byte[] commandBytes = commands.toBytes(command);
    private final RecordedEvent event =
            new RecordedEvent(
                    new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L),
                    new AccountId("10000042"),
                    7,
                    new CommandId("5f0c2f3e-8d3c-4a44-9a39-2a9fd0c9a111"),
                    42,
                    NOON,
                    NOON,
                    new ItemAdded(
                            new CartLine(new Sku("P-1001"), 2, Money.of("199.99"), "TV", NOON, 7),
                            2));
    private final byte[] eventBytes = Topics.EVENTS.values().toBytes(event);

    @Benchmark
    public byte[] commandToBytes() {
        return commands.toBytes(command);
    }

    @Benchmark
    public CommandEnvelope commandFromBytes() {
        return commands.fromBytes(commandBytes);
    }

    @Benchmark
    public long fingerprint() {
        return commands.fingerprint(command);
    }

    @Benchmark
    public byte[] eventToBytes() {
        return Topics.EVENTS.values().toBytes(event);
    }

    @Benchmark
    public RecordedEvent eventFromBytes() {
        return Topics.EVENTS.values().fromBytes(eventBytes);
    }
}
