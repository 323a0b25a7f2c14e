package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.CapacityMeter;
import io.cartlog.projection.view.Position;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// The positions in the log, in a partition of the table that no account can have.
final class Positions {
    static final String PARTITION = "POSITION#";

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

    /// Without a condition: an older writer's older position only makes more of the log be read
    /// again.
    void put(Position position) {
        client.putItem(
                PutItemRequest.builder()
                        .tableName(table)
                        .item(StoredRow.of(row(position)))
                        .build());
    }

    private static Position position(Row row) {
        return new Position(
                row.text("Log"),
                row.number("Partition").value().intValueExact(),
                row.number("Offset").value().longValueExact());
    }

    private static Row row(Position position) {
        return new Row(
                Map.of(
                        TableLayout.PK,
                        Attribute.of(PARTITION),
                        TableLayout.SK,
                        Attribute.of(PARTITION + position.partition()),
                        "Log",
                        Attribute.of(position.log()),
                        "Partition",
                        Attribute.of(position.partition()),
                        "Offset",
                        Attribute.of(position.offset())));
    }
}
