package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.Parked;
import io.cartlog.projection.view.ParkingRegister;
import io.cartlog.projection.view.Place;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.Skip;
import io.cartlog.schemas.value.AccountId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Parked accounts and skipped records, beside the state of the view in its control table.
final class ParkingTable implements ParkingRegister {
    private static final String PARKED = "PARKED#";
    private static final String SKIPPED = "SKIPPED#";
    private static final String VERSION = "Version";
    private static final String ACCOUNT = "Account";
    private static final String PARTITION = "Partition";
    private static final String OFFSET = "Offset";
    private static final String SINCE = "Since";
    private static final String REASON = "Reason";
    private static final String RESUME_AT = "ResumeAt";
    private static final Map<String, String> NAMES =
            Map.of("#offset", OFFSET, "#resume", RESUME_AT);
    private static final String AFTER = "After";
    private static final String BY = "By";
    private static final String WHEN = "At";
    private static final String WHY = "Why";

    private final DynamoDbClient client;
    private final String table;
    private final String view;
    private final Patience patience;

    ParkingTable(DynamoDbClient client, String table, String view, Patience patience) {
        this.client = client;
        this.table = table;
        this.view = view;
        this.patience = patience;
    }

    @Override
    public Set<Parked> parked() throws InterruptedException {
        return items(PARKED).stream()
                .map(ParkingTable::parked)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Skip> skips() throws InterruptedException {
        return items(SKIPPED).stream().map(ParkingTable::skip).toList();
    }

    private List<Row> items(String prefix) throws InterruptedException {
        QueryRequest request =
                QueryRequest.builder()
                        .tableName(table)
                        .consistentRead(true)
                        .keyConditionExpression("#view = :view AND begins_with(#item, :prefix)")
                        .expressionAttributeNames(
                                Map.of("#view", ControlTable.VIEW, "#item", ControlTable.ITEM))
                        .expressionAttributeValues(
                                Map.of(
                                        ":view", AttributeValue.fromS(view),
                                        ":prefix", AttributeValue.fromS(prefix)))
                        .build();
        return patience.untilDone(
                "parked accounts",
                () -> client.queryPaginator(request).items().stream().map(StoredRow::row).toList());
    }

    @Override
    public void park(Parked parked) throws InterruptedException {
        put("parked account", put(row(parked)).build());
    }

    @Override
    public boolean replace(Parked before, Parked after) throws InterruptedException {
        PutItemRequest request =
                put(row(after))
                        .conditionExpression(condition(before))
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values(before))
                        .build();
        // An answer that was lost looks like a change that somebody else has made.
        return put("parked account", request) || parked().contains(after);
    }

    @Override
    public boolean release(Parked parked) throws InterruptedException {
        DeleteItemRequest request =
                DeleteItemRequest.builder()
                        .tableName(table)
                        .key(StoredRow.of(new Row(key(item(parked)))))
                        .conditionExpression(condition(parked))
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(values(parked))
                        .build();
        boolean released =
                patience.untilDone(
                        "release of an account", () -> holds(() -> client.deleteItem(request)));
        return released
                || parked().stream()
                        .noneMatch(p ->
                                p.version() == parked.version()
                                        && p.account().equals(parked.account()));
    }

    @Override
    public void skip(Skip skip) throws InterruptedException {
        put("skipped record", put(row(skip)).build());
    }

    private PutItemRequest.Builder put(Row row) {
        return PutItemRequest.builder().tableName(table).item(StoredRow.of(row));
    }

    private boolean put(String what, PutItemRequest request) throws InterruptedException {
        return patience.untilDone(what, () -> holds(() -> client.putItem(request)));
    }

    private static boolean holds(Runnable write) {
        try {
            write.run();
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static String condition(Parked before) {
        return "#offset = :offset AND "
                + (before.resumeAt() == null
                        ? "attribute_not_exists(#resume)"
                        : "#resume = :resume");
    }

    private static Map<String, AttributeValue> values(Parked before) {
        AttributeValue offset = StoredRow.number(before.at().offset());
        return before.resumeAt() == null
                ? Map.of(":offset", offset)
                : Map.of(":offset", offset, ":resume", StoredRow.number(before.resumeAt()));
    }

    private static String item(Parked parked) {
        return PARKED + parked.version() + "#" + parked.account();
    }

    private Map<String, Attribute> key(String item) {
        return Map.of(ControlTable.VIEW, Attribute.of(view), ControlTable.ITEM, Attribute.of(item));
    }

    private Row row(Parked parked) {
        Map<String, Attribute> row = new HashMap<>(key(item(parked)));
        row.put(VERSION, Attribute.of(parked.version()));
        row.putAll(of(parked.account(), parked.at(), parked.since(), parked.reason()));
        if (parked.resumeAt() != null) {
            row.put(RESUME_AT, Attribute.of(parked.resumeAt()));
        }
        return new Row(row);
    }

    private Row row(Skip skip) {
        Map<String, Attribute> row = new HashMap<>();
        row.putAll(
                key(SKIPPED + "%04d#%020d".formatted(skip.at().partition(), skip.at().offset())));
        row.putAll(of(skip.account(), skip.at(), skip.since(), skip.reason()));
        row.put(AFTER, Attribute.of(skip.after()));
        row.put(BY, Attribute.of(skip.by()));
        row.put(WHEN, Attribute.of(skip.when().toString()));
        row.put(WHY, Attribute.of(skip.why()));
        return new Row(row);
    }

    private static Map<String, Attribute> of(
            AccountId account, Place at, Instant since, String reason) {
        return Map.of(
                ACCOUNT, Attribute.of(account.value()),
                PARTITION, Attribute.of(at.partition()),
                OFFSET, Attribute.of(at.offset()),
                SINCE, Attribute.of(since.toString()),
                REASON, Attribute.of(reason));
    }

    private static Parked parked(Row row) {
        return new Parked(
                (int) number(row, VERSION),
                new AccountId(row.text(ACCOUNT)),
                place(row),
                Instant.parse(row.text(SINCE)),
                row.text(REASON),
                resumeAt(row));
    }

    private static @Nullable Long resumeAt(Row row) {
        Attribute.Decimal resume = row.numberOrNull(RESUME_AT);
        return resume == null ? null : resume.value().longValueExact();
    }

    private static Skip skip(Row row) {
        return new Skip(
                new AccountId(row.text(ACCOUNT)),
                place(row),
                Instant.parse(row.text(SINCE)),
                row.text(REASON),
                number(row, AFTER),
                row.text(BY),
                Instant.parse(row.text(WHEN)),
                row.text(WHY));
    }

    private static Place place(Row row) {
        return new Place((int) number(row, PARTITION), number(row, OFFSET));
    }

    private static long number(Row row, String name) {
        return row.number(name).value().longValueExact();
    }
}
