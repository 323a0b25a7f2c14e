package io.cartlog.cli.limits;

import io.cartlog.cli.limits.DynamoDbLimit.Loop;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Measures every store of a stack, one after the other.
public final class StoreLimits {
    private StoreLimits() {}

    /// @param each how long each store is written to
    /// @throws CommandFailedException if a store cannot be measured
    public static List<Limit> measure(StackStatus stack, Duration each) {
        return List.of(
                KafkaLimit.measure(stack.kafka(), each),
                DynamoDbLimit.measure(stack, each, Loop.TRANSACTION_OF_100),
                WarehouseLimit.measure(stack.warehouse(), each));
    }

    /// The views' store alone, by each way to write many items.
    ///
    /// @throws CommandFailedException if it cannot be measured
    public static List<Limit> dynamoDb(StackStatus stack, Duration each) {
        return Arrays.stream(Loop.values())
                .map(loop -> DynamoDbLimit.measure(stack, each, loop))
                .toList();
    }

    /// The log alone.
    ///
    /// @throws CommandFailedException if it cannot be measured
    public static Limit kafka(StackStatus stack, Duration time) {
        return KafkaLimit.measure(stack.kafka(), time);
    }
}
