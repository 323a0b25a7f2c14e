package io.cartlog.localstack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A table with the keys and the two indexes of CustomerPurchases, and items for it.
record PurchaseTable(DynamoDbClient client, String name) {
    static PurchaseTable create(DynamoDbClient client, String name) {
        client.createTable(
                description(name, List.of("GSI1", "GSI2"))
                        .globalSecondaryIndexes(index("GSI1"), index("GSI2"))
                        .build());
        return new PurchaseTable(client, name);
    }

    static CreateTableRequest.Builder description(String name, List<String> indexes) {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(string("PK"), string("SK")));
        for (String index : indexes) {
            attributes.add(string(index + "PK"));
            attributes.add(string(index + "SK"));
        }
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(key("PK", KeyType.HASH), key("SK", KeyType.RANGE));
    }

    static GlobalSecondaryIndex index(String name) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(key(name + "PK", KeyType.HASH), key(name + "SK", KeyType.RANGE))
                .projection(
                        p -> p.projectionType(ProjectionType.INCLUDE).nonKeyAttributes("Version"))
                .build();
    }

    static AttributeDefinition string(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    /// Line number `line` of the account; later lines are newer, in the table and both indexes.
    static Map<String, AttributeValue> line(String account, int line, int version) {
        Map<String, AttributeValue> item = new HashMap<>(key(account, line));
        item.put("GSI1PK", s(account + "#PURCHASED"));
        item.put("GSI1SK", s("2026-01-02T03:04:%06d".formatted(line)));
        item.put("GSI2PK", s("P-1#PURCHASED"));
        item.put("GSI2SK", s("2026-01-02T03:04:%06d#%s".formatted(line, account)));
        item.put("Version", n(version));
        item.put(
                "ItemSKU",
                AttributeValue.fromM(Map.of("ProductId", s("P-" + line), "Price", n(2))));
        return item;
    }

    static Map<String, AttributeValue> key(String account, int line) {
        return Map.of("PK", s(account), "SK", s("%s#PURCHASED#%06d".formatted(account, line)));
    }

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue n(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    Map<String, AttributeValue> get(String account, int line) {
        return client.getItem(r -> r.tableName(name).key(key(account, line)).consistentRead(true))
                .item();
    }

    void put(Map<String, AttributeValue> item) {
        client.putItem(r -> r.tableName(name).item(item));
    }

    TransactWriteItem putting(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(name).item(item).build())
                .build();
    }

    TransactWriteItem puttingNew(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(
                        Put.builder()
                                .tableName(name)
                                .item(item)
                                .conditionExpression("attribute_not_exists(PK)")
                                .build())
                .build();
    }

    void write(List<TransactWriteItem> actions) {
        client.transactWriteItems(r -> r.transactItems(actions));
    }

    List<Map<String, AttributeValue>> items(String account) {
        return client.query(r -> r.applyMutation(q -> equal(q, "PK", account)).consistentRead(true))
                .items();
    }

    /// The query of a table or index for one partition, newest first.
    QueryRequest.Builder newestFirst(String attribute, String value) {
        QueryRequest.Builder query = QueryRequest.builder();
        equal(query, attribute, value);
        return query.scanIndexForward(false);
    }

    private void equal(QueryRequest.Builder query, String attribute, String value) {
        query.tableName(name)
                .keyConditionExpression("#k = :v")
                .expressionAttributeNames(Map.of("#k", attribute))
                .expressionAttributeValues(Map.of(":v", s(value)));
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }
}
