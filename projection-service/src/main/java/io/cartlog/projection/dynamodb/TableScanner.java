package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.TableScan;
import io.cartlog.schemas.value.AccountId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// Scans the table in many small segments: DynamoDB Local reads the rest of a segment for each page
/// of it, so that a segment should fit into one page of 1 MB.
final class TableScanner implements TableScan {
    private static final int ROWS_PER_SEGMENT = 1_000;
    private static final int MOST_SEGMENTS = 100_000;

    /// Partitions that hold something else than views.
    private static final Set<String> OURS = Set.of(Positions.PARTITION, TableBootstrap.LAYOUT.pk());

    private final DynamoDbClient client;
    private final String table;
    private final TableReads reads;
    private final Crew crew;

    TableScanner(DynamoDbClient client, String table, TableReads reads, Crew crew) {
        this.client = client;
        this.table = table;
        this.reads = reads;
        this.crew = crew;
    }

    @Override
    public long roughSize() {
        return client.describeTable(t -> t.tableName(table)).table().itemCount();
    }

    @Override
    public void scan(long expectedRows, Consumer<Row> rows) throws InterruptedException {
        int segments = Math.clamp(expectedRows / ROWS_PER_SEGMENT + 1, 1, MOST_SEGMENTS);
        List<Crew.Job<Boolean>> jobs =
                IntStream.range(0, segments)
                        .mapToObj(s -> job(request(s, segments), rows))
                        .toList();
        crew.all(jobs);
    }

    private Crew.Job<Boolean> job(ScanRequest request, Consumer<Row> rows) {
        return () -> {
            client.scanPaginator(request).items().stream()
                    .map(StoredRow::row)
                    .filter(row -> !OURS.contains(row.text(TableLayout.PK)))
                    .forEach(rows);
            return true;
        };
    }

    private ScanRequest request(int segment, int segments) {
        return ScanRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .segment(segment)
                .totalSegments(segments)
                .build();
    }

    @Override
    public Map<Key, Row> account(String account) {
        Map<Key, Row> rows = new HashMap<>();
        Set<Key> others = new HashSet<>();
        others.add(new Key(Key.headPartition(account), Key.HEAD));
        for (Row line : reads.all(partition(account), new CapacityMeter())) {
            rows.put(line.key(), line);
            order(line.key()).ifPresent(others::add);
        }
        reads.all(orders(account), new CapacityMeter()).forEach(order -> others.add(order.key()));
        rows.putAll(reads.byKey(others, new CapacityMeter()));
        return rows;
    }

    private QueryRequest partition(String account) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("PK = :pk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(account)))
                .build();
    }

    private QueryRequest orders(String account) {
        return QueryRequest.builder()
                .tableName(table)
                .indexName(TableLayout.GSI1)
                .keyConditionExpression("GSI1PK = :pk")
                .expressionAttributeValues(
                        Map.of(":pk", AttributeValue.fromS(TableLayout.ordersPartition(account))))
                .build();
    }

    /// Of the order that a line is in, by the line's key: `acct#PURCHASED#O-x#P-x`.
    private static Optional<Key> order(Key line) {
        String[] parts = line.sk().split("#", -1);
        return parts.length >= 4
                ? Optional.of(new Key(Key.orderPartition(parts[2]), parts[0]))
                : Optional.empty();
    }

    @Override
    public Map<AccountId, Head> heads(Set<AccountId> accounts) {
        return reads.heads(accounts, new CapacityMeter());
    }
}
