package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.schemas.value.AccountId;
import io.cartlog.schemas.value.ItemStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// The two ways to read: rows by key, and rows of one partition in order.
final class TableReads {
    /// What one BatchGetItem takes.
    private static final int KEYS = 100;

    private final DynamoDbClient client;
    private final String table;
    private final Patience patience;

    TableReads(DynamoDbClient client, String table, Patience patience) {
        this.client = client;
        this.table = table;
        this.patience = patience;
    }

    /// Consistent.
    ///
    /// @return null if it is not there
    @Nullable Head head(AccountId account, CapacityMeter meter) {
        GetItemResponse answer =
                client.getItem(
                        GetItemRequest.builder()
                                .tableName(table)
                                .key(StoredRow.of(Key.head(account)))
                                .consistentRead(true)
                                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                                .build());
        count("table", answer.consumedCapacity(), meter);
        return answer.hasItem() ? TableLayout.head(StoredRow.row(answer.item())) : null;
    }

    /// Consistent; what is not there is left out.
    Map<Key, Row> byKey(Collection<Key> keys, CapacityMeter meter) {
        Map<Key, Row> rows = HashMap.newHashMap(keys.size());
        List<Key> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS) {
            get(all.subList(from, Math.min(all.size(), from + KEYS)), rows, meter);
        }
        return rows;
    }

    private void get(List<Key> keys, Map<Key, Row> rows, CapacityMeter meter) {
        Map<String, KeysAndAttributes> wanted = Map.of(table, wanted(keys));
        int inVain = 0;
        while (!wanted.isEmpty()) {
            BatchGetItemResponse answer =
                    client.batchGetItem(
                            BatchGetItemRequest.builder()
                                    .requestItems(wanted)
                                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                                    .build());
            answer.responses().getOrDefault(table, List.of()).stream()
                    .map(StoredRow::row)
                    .forEach(row -> rows.put(row.key(), row));
            answer.consumedCapacity().forEach(used -> count("table", used, meter));
            int before = count(wanted);
            wanted = answer.unprocessedKeys();
            if (!wanted.isEmpty()) {
                inVain = count(wanted) < before ? 0 : inVain + 1;
                patience.awaitRest(count(wanted), inVain);
            }
        }
    }

    private static int count(Map<String, KeysAndAttributes> wanted) {
        return wanted.values().stream().mapToInt(rest -> rest.keys().size()).sum();
    }

    private static KeysAndAttributes wanted(List<Key> keys) {
        return KeysAndAttributes.builder()
                .keys(keys.stream().map(StoredRow::of).toList())
                .consistentRead(true)
                .build();
    }

    Map<AccountId, Head> heads(Collection<AccountId> accounts, CapacityMeter meter) {
        Map<AccountId, Head> heads = HashMap.newHashMap(accounts.size());
        byKey(accounts.stream().map(Key::head).toList(), meter)
                .values()
                .forEach(row -> {
                    Head head = TableLayout.head(row);
                    heads.put(head.account(), head);
                });
        return heads;
    }

    /// All rows that the query finds, over as many pages as it takes.
    List<Row> all(QueryRequest query, CapacityMeter meter) {
        List<Row> rows = new ArrayList<>();
        Map<String, AttributeValue> from = Map.of();
        do {
            QueryResponse page = page(query, from, meter);
            page.items().forEach(item -> rows.add(StoredRow.row(item)));
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty());
        return rows;
    }

    /// The first rows that the query finds.
    List<Row> first(int limit, QueryRequest query, CapacityMeter meter) {
        List<Row> rows = new ArrayList<>(limit);
        Map<String, AttributeValue> from = Map.of();
        do {
            int missing = limit - rows.size();
            QueryRequest rest = query.toBuilder().limit(missing).build();
            QueryResponse page = page(rest, from, meter);
            page.items().forEach(item -> rows.add(StoredRow.row(item)));
            from = page.lastEvaluatedKey();
        } while (!from.isEmpty() && rows.size() < limit);
        return rows;
    }

    private QueryResponse page(
            QueryRequest query, Map<String, AttributeValue> from, CapacityMeter meter) {
        QueryRequest.Builder next =
                query.toBuilder().returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        if (!from.isEmpty()) {
            next.exclusiveStartKey(from);
        }
        QueryResponse page = client.query(next.build());
        count(
                query.indexName() == null ? "table" : query.indexName(),
                page.consumedCapacity(),
                meter);
        return page;
    }

    private static void count(String what, ConsumedCapacity used, CapacityMeter meter) {
        meter.add(what, used.capacityUnits());
    }

    QueryRequest.Builder partition(String pk, String skPrefix) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("PK = :pk AND begins_with(SK, :sk)")
                .expressionAttributeValues(
                        Map.of(
                                ":pk", AttributeValue.fromS(pk),
                                ":sk", AttributeValue.fromS(skPrefix)));
    }

    /// Lines that were in the cart when it was last checked out; only their keys.
    List<Row> cleared(Head head, CapacityMeter meter) {
        Map<String, AttributeValue> values =
                Map.of(
                        ":pk", AttributeValue.fromS(head.account().value()),
                        ":sk", AttributeValue.fromS(activePrefix(head)),
                        ":cleared", StoredRow.number(head.clearedVersion()));
        QueryRequest query =
                partition(head.account().value(), activePrefix(head))
                        .expressionAttributeValues(values)
                        .filterExpression("Version <= :cleared")
                        .projectionExpression("PK, SK")
                        .build();
        return all(query, meter);
    }

    private static String activePrefix(Head head) {
        return Key.linePrefix(head.account(), ItemStatus.ACTIVE);
    }
}
