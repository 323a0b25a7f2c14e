package io.cartlog.localstack;

import static io.cartlog.localstack.PurchaseTable.key;
import static io.cartlog.localstack.PurchaseTable.line;
import static io.cartlog.localstack.PurchaseTable.n;
import static io.cartlog.localstack.PurchaseTable.s;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The same requests to both servers: the same answers, and the same bytes on disk.
class TunedLikeStockIT {
    private static final String TABLE = "CustomerPurchases";

    @Test
    void both_give_the_same_answers_and_write_the_same_rows(
            @TempDir Path stock, @TempDir Path tuned) throws Exception {
        assertThat(answers(tuned, DynamoDbStorage.TUNED))
                .isEqualTo(answers(stock, DynamoDbStorage.STOCK));
        assertThat(SqliteFile.in(tuned).rows(TABLE))
                .hasSize(13)
                .isEqualTo(SqliteFile.in(stock).rows(TABLE));
        assertThat(SqliteFile.in(tuned).pageSize()).isEqualTo(4096);
    }

    @Test
    void each_opens_what_the_other_wrote(@TempDir Path folder) throws Exception {
        for (int version = 1; version <= 4; version++) {
            DynamoDbStorage storage =
                    version % 2 == 0 ? DynamoDbStorage.TUNED : DynamoDbStorage.STOCK;
            try (Running server = Running.start(folder, storage)) {
                PurchaseTable table =
                        version == 1
                                ? PurchaseTable.create(server.client(), TABLE)
                                : new PurchaseTable(server.client(), TABLE);
                table.write(List.of(table.putting(line("A", version, version))));
                assertThat(table.items("A")).hasSize(version);
            }
            SqliteFile.in(folder).awaitClosed();
        }
        assertThat(SqliteFile.in(folder).problems()).isEqualTo("ok");
    }

    private static List<String> answers(Path folder, DynamoDbStorage storage) throws Exception {
        try (Running server = Running.start(folder, storage)) {
            PurchaseTable table = PurchaseTable.create(server.client(), TABLE);
            List<String> answers = new ArrayList<>();
            answers.add(single(server.client()));
            for (List<TransactWriteItem> actions : transactions(table)) {
                answers.add(transaction(server.client(), actions));
            }
            answers.add(
                    server.client()
                            .query(
                                    table.newestFirst("GSI2PK", "P-1#PURCHASED")
                                            .indexName("GSI2")
                                            .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                                            .build())
                            .toString());
            return answers;
        }
    }

    private static String single(DynamoDbClient client) {
        String put =
                client.putItem(r ->
                                r.tableName(TABLE)
                                        .item(line("A", 1, 1))
                                        .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
                        .toString();
        return put
                + client.updateItem(r ->
                        r.tableName(TABLE)
                                .key(key("A", 1))
                                .updateExpression("SET Version = :v, GSI1SK = :s REMOVE GSI2PK")
                                .expressionAttributeValues(Map.of(":v", n(2), ":s", s("later")))
                                .returnValues(ReturnValue.ALL_NEW)
                                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
    }

    private static List<List<TransactWriteItem>> transactions(PurchaseTable table) {
        List<TransactWriteItem> lines = new ArrayList<>();
        for (int line = 1; line <= 13; line++) {
            lines.add(table.putting(line("A", line, 3)));
        }
        TransactWriteItem delete =
                TransactWriteItem.builder()
                        .delete(d -> d.tableName(TABLE).key(key("A", 13)))
                        .build();
        TransactWriteItem refused =
                TransactWriteItem.builder()
                        .put(p ->
                                p.tableName(TABLE)
                                        .item(line("A", 2, 9))
                                        .conditionExpression("attribute_not_exists(PK)")
                                        .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                        .build();
        return List.of(
                lines,
                List.of(delete, table.putting(key("HEAD#A", 0))),
                List.of(table.putting(line("A", 1, 9)), refused),
                List.of(table.putting(line("B", 1, 1)), table.putting(line("B", 1, 2))),
                List.of(table.putting(Map.of("PK", s("no sort key")))));
    }

    private static String transaction(DynamoDbClient client, List<TransactWriteItem> actions) {
        try {
            return client.transactWriteItems(r ->
                            r.transactItems(actions)
                                    .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES))
                    .toString();
        } catch (TransactionCanceledException e) {
            return e.awsErrorDetails().errorMessage() + e.cancellationReasons();
        } catch (DynamoDbException e) {
            return e.awsErrorDetails().toString();
        }
    }
}
