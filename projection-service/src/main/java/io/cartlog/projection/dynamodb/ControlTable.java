package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.ViewRegister;
import io.cartlog.projection.view.ViewState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/// The control table: per view one item with its state, and one for each partition of the log of
/// which the version beside the live one is level.
final class ControlTable implements ViewRegister {
    private static final Logger LOG = LoggerFactory.getLogger(ControlTable.class);
    static final String VIEW = "View";
    static final String ITEM = "Item";
    static final String STATE = "STATE";
    private static final String LEVEL = "LEVEL#";
    private static final String REVISION = StoredState.REVISION;
    private static final String EPOCH = StoredState.EPOCH;

    private final DynamoDbClient client;
    private final String table;
    private final String view;
    private final Patience patience;

    ControlTable(DynamoDbClient client, String table, String view, Patience patience) {
        this.client = client;
        this.table = table;
        this.view = view;
        this.patience = patience;
    }

    /// Creates what is not there.
    ///
    /// @return the state, which is the first one for a view that is new
    ViewState bootstrap() throws InterruptedException {
        try {
            client.describeTable(t -> t.tableName(table));
        } catch (ResourceNotFoundException _) {
            create();
        }
        try (DynamoDbWaiter waiter = client.waiter()) {
            waiter.waitUntilTableExists(t -> t.tableName(table));
        }
        begin();
        return load();
    }

    private void create() {
        try {
            client.createTable(
                    CreateTableRequest.builder()
                            .tableName(table)
                            .billingMode(BillingMode.PAY_PER_REQUEST)
                            .attributeDefinitions(List.of(text(VIEW), text(ITEM)))
                            .keySchema(List.of(key(VIEW, KeyType.HASH), key(ITEM, KeyType.RANGE)))
                            .build());
        } catch (ResourceInUseException _) {
            LOG.atInfo().addKeyValue("table", table).log("another instance creates the table");
        }
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private void begin() throws InterruptedException {
        PutItemRequest first =
                PutItemRequest.builder()
                        .tableName(table)
                        .item(item(ViewState.first()))
                        .conditionExpression("attribute_not_exists(Revision)")
                        .build();
        patience.untilDone(
                "first state of the view",
                () -> {
                    try {
                        client.putItem(first);
                        return true;
                    } catch (ConditionalCheckFailedException _) {
                        return false;
                    }
                });
    }

    @Override
    public ViewState load() throws InterruptedException {
        GetItemRequest request =
                GetItemRequest.builder()
                        .tableName(table)
                        .key(key(STATE))
                        .consistentRead(true)
                        .build();
        return StoredState.state(
                patience.untilDone("state of the view", () -> client.getItem(request)).item());
    }

    @Override
    public boolean replace(ViewState before, ViewState after, Set<Integer> level)
            throws InterruptedException {
        List<TransactWriteItem> actions = new ArrayList<>();
        actions.add(put(before, after));
        level.forEach(partition -> actions.add(isLevel(partition, before.epoch())));
        boolean replaced = patience.untilDone("change of the view's versions", () -> send(actions));
        // An answer that was lost looks like a change that somebody else has made.
        return replaced || load().equals(after);
    }

    private boolean send(List<TransactWriteItem> actions) {
        try {
            client.transactWriteItems(
                    TransactWriteItemsRequest.builder().transactItems(actions).build());
            return true;
        } catch (TransactionCanceledException e) {
            if (e.cancellationReasons().stream()
                    .anyMatch(r -> "ConditionalCheckFailed".equals(r.code()))) {
                return false;
            }
            throw e;
        }
    }

    private TransactWriteItem put(ViewState before, ViewState after) {
        return TransactWriteItem.builder()
                .put(
                        Put.builder()
                                .tableName(table)
                                .item(item(after))
                                .conditionExpression(REVISION + " = :before")
                                .expressionAttributeValues(
                                        Map.of(":before", StoredRow.number(before.revision())))
                                .build())
                .build();
    }

    private TransactWriteItem isLevel(int partition, long epoch) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        ConditionCheck.builder()
                                .tableName(table)
                                .key(key(LEVEL + partition))
                                .conditionExpression(EPOCH + " = :epoch")
                                .expressionAttributeValues(
                                        Map.of(":epoch", StoredRow.number(epoch)))
                                .build())
                .build();
    }

    @Override
    public void markLevel(int partition, long epoch) throws InterruptedException {
        Map<String, AttributeValue> mark = new HashMap<>(key(LEVEL + partition));
        mark.put(EPOCH, StoredRow.number(epoch));
        PutItemRequest request = PutItemRequest.builder().tableName(table).item(mark).build();
        patience.untilDone("mark of a level partition", () -> client.putItem(request));
    }

    @Override
    public void unmark(Set<Integer> partitions) throws InterruptedException {
        for (int partition : partitions) {
            DeleteItemRequest request =
                    DeleteItemRequest.builder()
                            .tableName(table)
                            .key(key(LEVEL + partition))
                            .build();
            patience.untilDone("mark of a level partition", () -> client.deleteItem(request));
        }
    }

    @Override
    public Set<Integer> level(long epoch) throws InterruptedException {
        QueryRequest request =
                QueryRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#view = :view AND begins_with(#item, :level)")
                        .expressionAttributeNames(Map.of("#view", VIEW, "#item", ITEM))
                        .expressionAttributeValues(
                                Map.of(
                                        ":view", AttributeValue.fromS(view),
                                        ":level", AttributeValue.fromS(LEVEL)))
                        .build();
        Set<Integer> partitions = new TreeSet<>();
        for (Map<String, AttributeValue> mark :
                patience.untilDone("level partitions", () -> client.query(request)).items()) {
            if (StoredRow.number(epoch).equals(mark.get(EPOCH))) {
                String item = StoredRow.row(mark).text(ITEM);
                partitions.add(Integer.parseInt(item.substring(LEVEL.length())));
            }
        }
        return partitions;
    }

    private Map<String, AttributeValue> item(ViewState state) {
        Map<String, AttributeValue> item = new HashMap<>(key(STATE));
        item.putAll(StoredState.of(state));
        return item;
    }

    private Map<String, AttributeValue> key(String item) {
        return Map.of(VIEW, AttributeValue.fromS(view), ITEM, AttributeValue.fromS(item));
    }
}
