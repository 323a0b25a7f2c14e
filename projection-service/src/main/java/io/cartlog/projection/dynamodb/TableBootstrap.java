package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// Creates the table if it is not there, and waits until it and both indexes are ACTIVE (S0-13).
final class TableBootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(TableBootstrap.class);
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    static final Key LAYOUT = new Key("LAYOUT#", "LAYOUT");
    private static final String SHARDS = "ProductShards";

    private final DynamoDbClient client;
    private final String table;
    private final TableLayout layout;

    TableBootstrap(DynamoDbClient client, String table, TableLayout layout) {
        this.client = client;
        this.table = table;
        this.layout = layout;
    }

    /// @return how long it took
    /// @throws IllegalStateException if the table is another one than this service writes, or does
    ///   not become active
    Duration run() throws InterruptedException {
        long start = System.nanoTime();
        boolean created = describe() == null && create();
        TableDescription active = awaitActive(start);
        checkKeys(active);
        checkLayout();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        LOG.atInfo()
                .addKeyValue("table", table)
                .addKeyValue("created", created)
                .addKeyValue("elapsedMs", elapsed.toMillis())
                .log("table and indexes are active");
        return elapsed;
    }

    private @Nullable TableDescription describe() {
        try {
            return client.describeTable(t -> t.tableName(table)).table();
        } catch (ResourceNotFoundException _) {
            return null;
        }
    }

    private boolean create() {
        try {
            client.createTable(definition());
            return true;
        } catch (ResourceInUseException _) {
            LOG.atInfo().addKeyValue("table", table).log("another instance creates the table");
            return false;
        }
    }

    private CreateTableRequest definition() {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        List.of(
                                text(TableLayout.PK),
                                text(TableLayout.SK),
                                text(TableLayout.GSI1PK),
                                text(TableLayout.GSI1SK),
                                text(TableLayout.GSI2PK),
                                text(TableLayout.GSI2SK)))
                .keySchema(keys(TableLayout.PK, TableLayout.SK))
                .globalSecondaryIndexes(
                        List.of(
                                index(
                                        TableLayout.GSI1,
                                        keys(TableLayout.GSI1PK, TableLayout.GSI1SK),
                                        TableLayout.GSI1_PROJECTION),
                                index(
                                        TableLayout.GSI2,
                                        keys(TableLayout.GSI2PK, TableLayout.GSI2SK),
                                        TableLayout.GSI2_PROJECTION)))
                .build();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(String partition, String sort) {
        return List.of(key(partition, KeyType.HASH), key(sort, KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static GlobalSecondaryIndex index(
            String name, List<KeySchemaElement> keys, List<String> projected) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(keys)
                .projection(
                        Projection.builder()
                                .projectionType(ProjectionType.INCLUDE)
                                .nonKeyAttributes(projected)
                                .build())
                .build();
    }

    private TableDescription awaitActive(long start) throws InterruptedException {
        while (System.nanoTime() - start < DEADLINE.toNanos()) {
            TableDescription found = describe();
            if (found != null && isActive(found)) {
                return found;
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException(
                "table " + table + " and its indexes did not become ACTIVE within " + DEADLINE);
    }

    private static boolean isActive(TableDescription found) {
        return found.tableStatus() == TableStatus.ACTIVE
                && found.globalSecondaryIndexes().stream()
                        .allMatch(i -> i.indexStatus() == IndexStatus.ACTIVE);
    }

    private void checkKeys(TableDescription found) {
        CreateTableRequest wanted = definition();
        boolean sameIndexes =
                wanted.globalSecondaryIndexes().stream()
                        .allMatch(index ->
                                found.globalSecondaryIndexes().stream()
                                        .anyMatch(other -> same(index, other)));
        if (!found.keySchema().equals(wanted.keySchema()) || !sameIndexes) {
            throw new IllegalStateException(
                    "table "
                            + table
                            + " is there with other keys or indexes than this service needs: "
                            + found);
        }
    }

    private static boolean same(
            GlobalSecondaryIndex wanted, GlobalSecondaryIndexDescription found) {
        return wanted.indexName().equals(found.indexName())
                && wanted.keySchema().equals(found.keySchema())
                && new TreeSet<>(wanted.projection().nonKeyAttributes())
                        .equals(new TreeSet<>(found.projection().nonKeyAttributes()));
    }

    /// The number of shards stands in the table, because with another number readers would not find
    /// what was written.
    private void checkLayout() {
        Map<String, AttributeValue> found =
                client.getItem(
                                GetItemRequest.builder()
                                        .tableName(table)
                                        .key(StoredRow.of(LAYOUT))
                                        .consistentRead(true)
                                        .build())
                        .item();
        if (found.isEmpty()) {
            client.putItem(
                    PutItemRequest.builder()
                            .tableName(table)
                            .item(StoredRow.of(layoutRow()))
                            .build());
            return;
        }
        if (!StoredRow.row(found).equals(layoutRow())) {
            throw new IllegalStateException(
                    "table "
                            + table
                            + " was written with cartlog.views.product-shards="
                            + found.getOrDefault(SHARDS, AttributeValue.fromS("?"))
                            + ", the setting says "
                            + layout.productShards()
                            + ": a table keeps its number; fill a new table to change it");
        }
    }

    private Row layoutRow() {
        return new Row(
                Map.of(
                        TableLayout.PK,
                        Attribute.of(LAYOUT.pk()),
                        TableLayout.SK,
                        Attribute.of(LAYOUT.sk()),
                        SHARDS,
                        Attribute.of(layout.productShards())));
    }
}
