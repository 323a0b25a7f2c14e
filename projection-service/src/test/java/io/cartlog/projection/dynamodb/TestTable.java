package io.cartlog.projection.dynamodb;

import io.cartlog.projection.TestStack;
import io.cartlog.projection.view.Arrivals;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skips;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A table of its own in DynamoDB Local, and stores that write it.
final class TestTable {
    static final TableLayout LAYOUT = new TableLayout(4);

    private final WrittenHeads written = new WrittenHeads();
    private final Patience patience = new Patience(new SimpleMeterRegistry());
    final DynamoDbClient client = TestStack.dynamoDb();
    final String name = "Test-" + UUID.randomUUID();

    TestTable() throws InterruptedException {
        new TableBootstrap(client, name, LAYOUT).run();
    }

    /// A writer that knows nothing yet, as after a start.
    ViewStore store() {
        return store(client, Skips.NONE);
    }

    ViewStore store(Skips skips) {
        return store(client, skips);
    }

    ViewStore store(Interception.Fate fate) {
        return store(Interception.of(client, fate), Skips.NONE);
    }

    private ViewStore store(DynamoDbClient through, Skips skips) {
        TableReads reads = new TableReads(through, name, patience);
        return new ViewWriter(
                new Transactions(through, name, LAYOUT, patience),
                reads,
                new Positions(through, name, reads),
                patience,
                new Crew(4),
                new Arrivals(),
                new WriteBudget(0),
                () -> skips,
                false,
                written);
    }

    ViewReader reader() {
        return new ViewReader(new TableReads(client, name, patience), name, LAYOUT, written);
    }

    /// Everything in it but what is no view.
    Map<Key, Row> rows() throws InterruptedException {
        Map<Key, Row> rows = new ConcurrentSkipListMap<>();
        new TableScanner(client, name, new TableReads(client, name, patience), new Crew(2))
                .scan(1, row -> rows.put(row.key(), row));
        return rows;
    }
}
