package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// The positions in the log, in a partition of the table that no account can have.
final class Positions {
    static final String PARTITION = "POSITION#";

    private static final String LOG = "Log";
    private static final String OFFSET = "Offset";

    private final DynamoDbClient client;
    private final String table;
    private final TableReads reads;

    Positions(DynamoDbClient client, String table, TableReads reads) {
        this.client = client;
        this.table = table;
        this.reads = reads;
    }

    List<Position> all() {
        return reads
                .all(reads.partition(PARTITION, PARTITION).build(), new CapacityMeter())
                .stream()
                .map(Positions::position)
                .toList();
    }

    /// Forwards only. What stands there stays true, and an instance that wakes after another has
    /// taken over still has its old one: the position would stay behind until the next event, and
    /// the views would look older than they are.
    void put(Position position) {
        try {
            client.putItem(
                    PutItemRequest.builder()
                            .tableName(table)
                            .item(StoredRow.of(row(position)))
                            .conditionExpression(
                                    "attribute_not_exists(PK) OR #log <> :log OR #offset < :offset")
                            .expressionAttributeNames(Map.of("#log", LOG, "#offset", OFFSET))
                            .expressionAttributeValues(
                                    Map.of(
                                            ":log", AttributeValue.fromS(position.log()),
                                            ":offset",
                                                    AttributeValue.fromN(
                                                            Long.toString(position.offset()))))
                            .build());
        } catch (ConditionalCheckFailedException _) {
            // Somebody is further.
        }
    }

    private static Position position(Row row) {
        return new Position(
                row.text(LOG),
                row.number("Partition").value().intValueExact(),
                row.number(OFFSET).value().longValueExact());
    }

    private static Row row(Position position) {
        return new Row(
                Map.of(
                        TableLayout.PK,
                        Attribute.of(PARTITION),
                        TableLayout.SK,
                        Attribute.of(PARTITION + position.partition()),
                        LOG,
                        Attribute.of(position.log()),
                        "Partition",
                        Attribute.of(position.partition()),
                        OFFSET,
                        Attribute.of(position.offset())));
    }
}
