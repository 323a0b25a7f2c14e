package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Head;
import io.cartlog.projection.view.Item;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.TableLayout;
import io.cartlog.projection.view.ViewItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The four transactions that write views. Each is all or nothing, and each may be sent again.
///
/// Those with a condition say whether it held. A transaction whose answer was lost may have been
/// carried out and then says that it did not: whoever asked looks at the head again.
final class Transactions {
    private static final String FIRST = "attribute_not_exists(PK)";
    private static final String UNMOVED = "Version = :before";
    private static final String STILL_MARKED = "Version = :before AND attribute_exists(Sweeping)";
    private static final String CLEARED = "attribute_not_exists(PK) OR Version <= :cleared";

    private final DynamoDbClient client;
    private final String table;
    private final TableLayout layout;
    private final Patience patience;

    Transactions(DynamoDbClient client, String table, TableLayout layout, Patience patience) {
        this.client = client;
        this.table = table;
        this.layout = layout;
        this.patience = patience;
    }

    /// Lines of orders that no head shows yet.
    void putAhead(List<ViewItem> lines) throws InterruptedException {
        List<TransactWriteItem> actions = lines.stream().map(this::put).toList();
        patience.untilDone("lines ahead of their head", () -> send(actions));
    }

    /// The guarded part of several accounts' writes.
    ///
    /// @return false if one of the heads was not as expected, or may not have been
    boolean commit(List<AccountWrite> writes) throws InterruptedException {
        List<TransactWriteItem> actions = new ArrayList<>(AccountWrite.ACTIONS);
        for (AccountWrite write : writes) {
            actions.add(put(write.after(), write.before()));
            write.together().forEach(line -> actions.add(put(line)));
            write.puts().forEach(line -> actions.add(put(line)));
            write.orders().forEach(order -> actions.add(put(order)));
            write.deletes().forEach(key -> actions.add(delete(key)));
        }
        return holds("heads with their items", actions);
    }

    /// Lines of a cart that was checked out.
    ///
    /// @return false if one of them has been put again since
    boolean sweep(Head head, List<Key> stale) throws InterruptedException {
        return holds(
                "sweep of a cart", stale.stream().map(key -> deleteCleared(key, head)).toList());
    }

    /// @return false if the head has moved on, or was unmarked already
    boolean unmark(Head head) throws InterruptedException {
        Put put =
                Put.builder()
                        .tableName(table)
                        .item(StoredRow.of(layout.row(head.swept())))
                        .conditionExpression(STILL_MARKED)
                        .expressionAttributeValues(before(head))
                        .build();
        return holds("end of a sweep", List.of(TransactWriteItem.builder().put(put).build()));
    }

    private boolean holds(String what, List<TransactWriteItem> actions)
            throws InterruptedException {
        return patience.untilDone(
                what,
                () -> {
                    try {
                        return send(actions);
                    } catch (TransactionCanceledException e) {
                        if (isConditionFailed(e)) {
                            return false;
                        }
                        throw e;
                    }
                });
    }

    private static boolean isConditionFailed(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .anyMatch(r -> "ConditionalCheckFailed".equals(r.code()));
    }

    private boolean send(List<TransactWriteItem> actions) {
        client.transactWriteItems(
                TransactWriteItemsRequest.builder().transactItems(actions).build());
        return true;
    }

    private TransactWriteItem put(Item item) {
        Put put = Put.builder().tableName(table).item(StoredRow.of(layout.row(item))).build();
        return TransactWriteItem.builder().put(put).build();
    }

    private TransactWriteItem put(Head after, Head before) {
        Put.Builder put = Put.builder().tableName(table).item(StoredRow.of(layout.row(after)));
        if (before.exists()) {
            put.conditionExpression(UNMOVED).expressionAttributeValues(before(before));
        } else {
            put.conditionExpression(FIRST);
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    private static Map<String, AttributeValue> before(Head head) {
        return Map.of(":before", StoredRow.number(head.version()));
    }

    private TransactWriteItem delete(Key key) {
        Delete delete = Delete.builder().tableName(table).key(StoredRow.of(key)).build();
        return TransactWriteItem.builder().delete(delete).build();
    }

    private TransactWriteItem deleteCleared(Key key, Head head) {
        Delete delete =
                Delete.builder()
                        .tableName(table)
                        .key(StoredRow.of(key))
                        .conditionExpression(CLEARED)
                        .expressionAttributeValues(
                                Map.of(":cleared", StoredRow.number(head.clearedVersion())))
                        .build();
        return TransactWriteItem.builder().delete(delete).build();
    }
}
