package io.cartlog.cli.limits;

import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.CommandFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Items like the views', into a table with the same keys and indexes, by the same client: what the
/// projection would reach if it had nothing else to do.
final class DynamoDbLimit {
    private static final int WRITERS = 4;
    private final DynamoDbClient client;
    private final String table;
    private final Loop loop;

    /// How items are written.
    enum Loop {
        BATCH_OF_25(25),
        TRANSACTION_OF_50(50),
        TRANSACTION_OF_100(100);

        private final int items;

        Loop(int items) {
            this.items = items;
        }

        private String text() {
            return switch (this) {
                case BATCH_OF_25 -> "BatchWriteItem of 25 lines";
                case TRANSACTION_OF_50, TRANSACTION_OF_100 ->
                        "TransactWriteItems of a head and %d lines".formatted(items - 1);
            };
        }
    }

    private DynamoDbLimit(DynamoDbClient client, String table, Loop loop) {
        this.client = client;
        this.table = table;
        this.loop = loop;
    }

    static Limit measure(StackStatus stack, Duration time, Loop loop) {
        try (DynamoDbClient client = client(stack)) {
            String table = "CartlogLimits-" + UUID.randomUUID();
            DynamoDbLimit limit = new DynamoDbLimit(client, table, loop);
            client.createTable(limit.definition());
            try {
                return limit.measure(time);
            } finally {
                client.deleteTable(DeleteTableRequest.builder().tableName(limit.table).build());
            }
        }
    }

    private static DynamoDbClient client(StackStatus stack) {
        return DynamoDbClient.builder()
                .endpointOverride(URI.create(stack.dynamodb()))
                .region(Region.of(stack.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(stack.accessKey(), stack.secretKey())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private Limit measure(Duration time) {
        long start = System.nanoTime();
        long written = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Long>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                String prefix = "limit" + i + "-";
                writers.add(threads.submit(() -> write(prefix, start + time.toNanos())));
            }
            for (Future<Long> writer : writers) {
                written += writer.get();
            }
        } catch (ExecutionException e) {
            throw new CommandFailedException(
                    "the limit of DynamoDB could not be measured: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
        return Limit.of(
                "dynamodb",
                "%s, %d at a time".formatted(loop.text(), WRITERS),
                "items",
                written,
                System.nanoTime() - start);
    }

    private long write(String prefix, long until) {
        long calls = 0;
        while (System.nanoTime() < until) {
            write(prefix + calls);
            calls++;
        }
        return calls * loop.items;
    }

    private void write(String account) {
        switch (loop) {
            case BATCH_OF_25 -> writeBatch(account);
            case TRANSACTION_OF_50, TRANSACTION_OF_100 ->
                    client.transactWriteItems(transaction(account));
        }
    }

    private void writeBatch(String account) {
        List<WriteRequest> lines =
                IntStream.rangeClosed(1, loop.items)
                        .mapToObj(i ->
                                WriteRequest.builder()
                                        .putRequest(
                                                PutRequest.builder().item(line(account, i)).build())
                                        .build())
                        .toList();
        Map<String, List<WriteRequest>> open = Map.of(table, lines);
        while (!open.isEmpty()) {
            BatchWriteItemRequest request =
                    BatchWriteItemRequest.builder().requestItems(open).build();
            open = client.batchWriteItem(request).unprocessedItems();
        }
    }

    private TransactWriteItemsRequest transaction(String account) {
        List<TransactWriteItem> actions = new ArrayList<>(loop.items);
        Put head =
                Put.builder()
                        .tableName(table)
                        .item(
                                Map.of(
                                        "PK", text("HEAD#" + account),
                                        "SK", text("HEAD"),
                                        "Version", number(loop.items - 1)))
                        .conditionExpression("attribute_not_exists(PK)")
                        .build();
        actions.add(TransactWriteItem.builder().put(head).build());
        for (int i = 1; i < loop.items; i++) {
            Put line = Put.builder().tableName(table).item(line(account, i)).build();
            actions.add(TransactWriteItem.builder().put(line).build());
        }
        return TransactWriteItemsRequest.builder().transactItems(actions).build();
    }

    private static Map<String, AttributeValue> line(String account, int number) {
        String product = "P-" + (1000 + number);
        String time = "2026-01-02T03:04:05.678%06dZ".formatted(number);
        Map<String, AttributeValue> line = new HashMap<>();
        line.put("PK", text(account));
        line.put("SK", text(account + "#PURCHASED#O-" + account + "#" + product));
        line.put("AccountId", text(account));
        line.put("Status", text("PURCHASED"));
        line.put("CreateTimestamp", text("2026-01-02T03:04:05.678Z"));
        line.put("OrderId", text(account));
        line.put("Description", text("WHITE HANGING HEART T-LIGHT HOLDER"));
        line.put("Country", text("United Kingdom"));
        line.put("Kind", text("SALE"));
        line.put("Version", number(number));
        line.put("LineNo", number(number));
        line.put("GSI1PK", text(account + "#PURCHASED"));
        line.put("GSI1SK", text(time));
        line.put("GSI2PK", text(product + "#PURCHASED#0"));
        line.put("GSI2SK", text(time + "#" + account));
        line.put(
                "ItemSKU",
                AttributeValue.builder()
                        .m(
                                Map.of(
                                        "ProductId", text(product),
                                        "Quantity", number(6),
                                        "Price", number(2)))
                        .build());
        return line;
    }

    private static AttributeValue text(String value) {
        return AttributeValue.builder().s(value).build();
    }

    private static AttributeValue number(int value) {
        return AttributeValue.builder().n(Integer.toString(value)).build();
    }

    private CreateTableRequest definition() {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        Stream.of("PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK")
                                .map(DynamoDbLimit::attribute)
                                .toList())
                .keySchema(keys("PK", "SK"))
                .globalSecondaryIndexes(
                        index("GSI1", List.of("ItemSKU")),
                        index(
                                "GSI2",
                                List.of(
                                        "ItemSKU",
                                        "AccountId",
                                        "Status",
                                        "CreateTimestamp",
                                        "OrderId",
                                        "Version")))
                .build();
    }

    private static GlobalSecondaryIndex index(String name, List<String> projected) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys(name + "PK", name + "SK"))
                .projection(
                        Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes(projected)
                                .build())
                .build();
    }

    private static List<KeySchemaElement> keys(String hash, String range) {
        return List.of(
                KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
                KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }
}
