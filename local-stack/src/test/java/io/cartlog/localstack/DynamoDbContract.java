package io.cartlog.localstack;

import static io.cartlog.localstack.PurchaseTable.key;
import static io.cartlog.localstack.PurchaseTable.line;
import static io.cartlog.localstack.PurchaseTable.n;
import static io.cartlog.localstack.PurchaseTable.s;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.ParameterizedStatement;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/// What the projection relies on, asked of DynamoDB Local however it keeps its data.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DynamoDbContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DynamoDbStorage storage;
    private Running server;
    private PurchaseTable table;

    DynamoDbContract(DynamoDbStorage storage) {
        this.storage = storage;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = Running.start(folder, storage);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void create_a_table(TestInfo test) {
        table = PurchaseTable.create(client(), test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void an_item_is_read_back_as_it_was_put() {
        Map<String, AttributeValue> item = line("A", 1, 1);
        item.put("Bytes", AttributeValue.fromB(SdkBytes.fromUtf8String("b")));
        item.put("Yes", AttributeValue.fromBool(true));
        item.put("Nothing", AttributeValue.fromNul(true));
        item.put("List", AttributeValue.fromL(List.of(s("x"), n(-1))));
        item.put("Words", AttributeValue.fromSs(List.of("a", "b")));
        item.put("Numbers", AttributeValue.fromNs(List.of("1.5", "2")));

        table.put(item);
        table.write(List.of(table.putting(with(item, "SK", s("other")))));

        assertThat(table.get("A", 1)).isEqualTo(item);
        assertThat(table.items("A")).contains(with(item, "SK", s("other"))).hasSize(2);
    }

    @Test
    void an_item_without_index_keys_is_in_no_index() {
        table.write(List.of(table.putting(key("HEAD#A", 0)), table.putting(line("A", 1, 1))));

        assertThat(client().scan(r -> r.tableName(table.name())).items()).hasSize(2);
        assertThat(client().scan(r -> r.tableName(table.name()).indexName("GSI1")).items())
                .hasSize(1);
    }

    @Test
    void queries_of_the_table_and_both_indexes_give_the_newest_first_in_pages() {
        table.write(lines("A", 1, 25, 1));
        table.write(lines("B", 1, 3, 1));

        assertThat(newestFirst(null, "PK", "A")).isEqualTo(descending(25));
        assertThat(newestFirst("GSI1", "GSI1PK", "A#PURCHASED")).isEqualTo(descending(25));
        assertThat(newestFirst("GSI2", "GSI2PK", "P-1#PURCHASED")).hasSize(28).startsWith(25, 24);
    }

    @Test
    void an_item_that_is_replaced_leaves_its_old_place_in_the_index() {
        table.write(List.of(table.putting(line("A", 1, 1))));
        table.write(List.of(table.putting(with(line("A", 1, 2), "GSI1PK", s("A#SAVED")))));

        assertThat(newestFirst("GSI1", "GSI1PK", "A#PURCHASED")).isEmpty();
        assertThat(newestFirst("GSI1", "GSI1PK", "A#SAVED")).containsExactly(1);
    }

    @Test
    void a_put_whose_condition_fails_changes_nothing() {
        table.put(line("A", 1, 1));

        assertThatThrownBy(() ->
                        client().putItem(r ->
                                r.tableName(table.name())
                                        .item(line("A", 1, 2))
                                        .conditionExpression("attribute_not_exists(PK)")))
                .isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(table.get("A", 1)).isEqualTo(line("A", 1, 1));
    }

    @Test
    void a_transaction_with_one_failing_condition_writes_nothing_and_names_it() {
        table.put(line("A", 2, 1));

        TransactionCanceledException refusal =
                catchThrowableOfType(
                        TransactionCanceledException.class,
                        () ->
                                table.write(
                                        List.of(
                                                table.putting(line("A", 1, 2)),
                                                table.puttingNew(line("A", 2, 2)),
                                                table.putting(line("A", 3, 2)))));

        assertThat(refusal.cancellationReasons())
                .extracting(CancellationReason::code)
                .containsExactly("None", "ConditionalCheckFailed", "None");
        assertThat(table.items("A")).containsExactly(line("A", 2, 1));
    }

    @Test
    void a_transaction_may_put_update_delete_and_check() {
        table.write(lines("A", 1, 3, 1));

        table.write(
                List.of(
                        table.putting(line("A", 4, 2)),
                        action(a ->
                                a.update(u ->
                                        u.tableName(table.name())
                                                .key(key("A", 1))
                                                .updateExpression("SET Version = Version + :one")
                                                .expressionAttributeValues(Map.of(":one", n(1))))),
                        action(a -> a.delete(d -> d.tableName(table.name()).key(key("A", 2)))),
                        action(a -> a.delete(d -> d.tableName(table.name()).key(key("A", 9)))),
                        action(a ->
                                a.conditionCheck(c ->
                                        c.tableName(table.name())
                                                .key(key("A", 3))
                                                .conditionExpression("attribute_exists(PK)")))));

        assertThat(table.items("A"))
                .containsExactly(line("A", 1, 2), line("A", 3, 1), line("A", 4, 2));
    }

    @Test
    void a_transaction_that_names_an_item_twice_is_refused_whole() {
        assertThatThrownBy(() ->
                        table.write(
                                List.of(
                                        table.putting(line("A", 1, 1)),
                                        table.putting(line("A", 1, 2)))))
                .isInstanceOf(DynamoDbException.class);

        assertThat(table.items("A")).isEmpty();
    }

    @Test
    void a_transaction_on_a_table_that_is_not_there_is_refused_whole() {
        PurchaseTable absent = new PurchaseTable(client(), "absent");

        assertThatThrownBy(() ->
                        table.write(
                                List.of(
                                        table.putting(line("A", 1, 1)),
                                        absent.putting(line("A", 1, 1)))))
                .isInstanceOf(DynamoDbException.class);

        assertThat(table.items("A")).isEmpty();
    }

    @Test
    void transactions_on_one_item_are_one_after_the_other() throws Exception {
        table.put(line("A", 1, 0));

        int acknowledged = 0;
        try (ExecutorService writers = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                counts.add(writers.submit(() -> incremented(40)));
            }
            for (Future<Integer> count : counts) {
                acknowledged += count.get();
            }
        }

        assertThat(acknowledged).isGreaterThanOrEqualTo(40);
        assertThat(table.get("A", 1).get("Version")).isEqualTo(n(acknowledged));
    }

    @Test
    void a_reader_never_sees_half_a_transaction() throws Exception {
        table.write(lines("A", 1, 20, 0));
        AtomicBoolean writing = new AtomicBoolean(true);

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> writer =
                    other.submit(() -> {
                        for (int version = 1; version <= 40; version++) {
                            table.write(lines("A", 1, 20, version));
                        }
                        writing.set(false);
                    });
            int reads = 0;
            while (writing.get() && !writer.isDone()) {
                assertThat(versions(table.items("A"))).hasSize(1);
                assertThat(versions(byIndex())).hasSize(1);
                reads++;
            }
            writer.get();
            assertThat(reads).isPositive();
        }
    }

    @Test
    void a_put_during_a_transaction_that_is_rolled_back_stays() throws Exception {
        table.put(line("A", 0, 1));
        List<TransactWriteItem> failing = new ArrayList<>(lines("A", 1, 20, 2));
        failing.add(table.puttingNew(line("A", 0, 2)));

        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> refused =
                    other.submit(() -> {
                        for (int i = 0; i < 30; i++) {
                            assertThatThrownBy(() -> table.write(failing))
                                    .isInstanceOf(TransactionCanceledException.class);
                        }
                    });
            for (int i = 0; i < 200; i++) {
                table.put(line("B", i, 1));
            }
            refused.get();
        }

        assertThat(table.items("B")).hasSize(200);
        assertThat(table.items("A")).containsExactly(line("A", 0, 1));
    }

    @Test
    void a_repeated_token_writes_once_and_another_request_under_it_is_refused() {
        List<TransactWriteItem> first = List.of(table.putting(line("A", 1, 1)));
        client().transactWriteItems(r -> r.clientRequestToken("t1").transactItems(first));
        table.put(line("A", 1, 2));

        client().transactWriteItems(r -> r.clientRequestToken("t1").transactItems(first));

        assertThat(table.get("A", 1)).isEqualTo(line("A", 1, 2));
        assertThatThrownBy(() ->
                        client().transactWriteItems(r ->
                                r.clientRequestToken("t1")
                                        .transactItems(table.putting(line("A", 1, 3)))))
                .isInstanceOf(IdempotentParameterMismatchException.class);
        assertThat(table.get("A", 1)).isEqualTo(line("A", 1, 2));
    }

    @Test
    void a_table_made_anew_has_its_new_indexes_and_no_old_items() {
        table.write(lines("A", 1, 3, 1));
        client().deleteTable(r -> r.tableName(table.name()));
        assertThatThrownBy(() -> table.write(lines("A", 1, 3, 1)))
                .isInstanceOf(DynamoDbException.class);
        assertThatThrownBy(() -> table.get("A", 1)).isInstanceOf(ResourceNotFoundException.class);

        client().createTable(
                        PurchaseTable.description(table.name(), List.of("GSI2"))
                                .globalSecondaryIndexes(PurchaseTable.index("GSI2"))
                                .build());
        table.write(lines("A", 5, 6, 2));

        assertThat(table.items("A")).containsExactly(line("A", 5, 2), line("A", 6, 2));
        assertThat(newestFirst("GSI2", "GSI2PK", "P-1#PURCHASED")).containsExactly(6, 5);
        assertThatThrownBy(() -> newestFirst("GSI1", "GSI1PK", "A#PURCHASED"))
                .isInstanceOf(DynamoDbException.class);
    }

    @Test
    void an_index_added_later_has_the_items_of_before_during_and_after() {
        table.write(withThird(1));

        client().updateTable(r ->
                r.tableName(table.name())
                        .attributeDefinitions(
                                PurchaseTable.string("GSI3PK"), PurchaseTable.string("GSI3SK"))
                        .globalSecondaryIndexUpdates(addThird()));
        // stock refuses writes between the update and the making of the column
        eventually(() -> table.write(withThird(2)));
        eventually(() -> assertThat(indexStatus("GSI3")).isEqualTo(IndexStatus.ACTIVE));
        table.write(withThird(3));

        assertThat(newestFirst("GSI3", "GSI3PK", "third")).containsExactly(3, 2, 1);
    }

    @Test
    void an_index_that_is_deleted_is_gone_and_the_items_stay() {
        table.write(lines("A", 1, 3, 1));

        client().updateTable(
                        r -> r.tableName(table.name()).globalSecondaryIndexUpdates(deleteFirst()));
        eventually(() -> assertThat(indexNames()).containsExactly("GSI2"));
        table.write(lines("A", 4, 4, 1));

        assertThat(newestFirst(null, "PK", "A")).isEqualTo(descending(4));
        assertThat(newestFirst("GSI2", "GSI2PK", "P-1#PURCHASED")).isEqualTo(descending(4));
    }

    @Test
    void a_stream_turned_on_later_has_every_write_of_a_transaction_with_its_old_image() {
        table.write(lines("A", 1, 2, 1));
        client().updateTable(r ->
                r.tableName(table.name())
                        .streamSpecification(
                                StreamSpecification.builder()
                                        .streamEnabled(true)
                                        .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
                                        .build()));

        table.write(
                List.of(
                        table.putting(line("A", 1, 2)),
                        table.putting(line("A", 3, 2)),
                        action(a -> a.delete(d -> d.tableName(table.name()).key(key("A", 2))))));

        assertThat(streamed()).containsExactly("MODIFY 1->2", "INSERT ->2", "REMOVE 1->");
    }

    @Test
    void a_time_to_live_is_remembered_and_writes_go_on() {
        table.write(lines("A", 1, 1, 1));
        client().updateTimeToLive(r ->
                r.tableName(table.name())
                        .timeToLiveSpecification(t -> t.enabled(true).attributeName("Until")));
        table.write(lines("A", 2, 2, 1));

        assertThat(
                        client().describeTimeToLive(r -> r.tableName(table.name()))
                                .timeToLiveDescription()
                                .timeToLiveStatus())
                .isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(table.items("A")).hasSize(2);
    }

    @Test
    void a_partiql_transaction_is_all_or_nothing_too() {
        insertByStatement("1", "2");

        assertThatThrownBy(() -> insertByStatement("3", "1"))
                .isInstanceOf(TransactionCanceledException.class);

        assertThat(table.items("A")).hasSize(2);
    }

    private void insertByStatement(String... sortKeys) {
        List<ParameterizedStatement> statements =
                Stream.of(sortKeys)
                        .map(key ->
                                "INSERT INTO \"%s\" VALUE {'PK':'A','SK':'%s'}"
                                        .formatted(table.name(), key))
                        .map(text -> ParameterizedStatement.builder().statement(text).build())
                        .toList();
        client().executeTransaction(r -> r.transactStatements(statements));
    }

    private DynamoDbClient client() {
        return server.client();
    }

    private List<TransactWriteItem> lines(String account, int from, int to, int version) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(line -> table.putting(line(account, line, version)))
                .toList();
    }

    private static TransactWriteItem action(
            Function<TransactWriteItem.Builder, TransactWriteItem.Builder> what) {
        return what.apply(TransactWriteItem.builder()).build();
    }

    private static Map<String, AttributeValue> with(
            Map<String, AttributeValue> item, String attribute, AttributeValue value) {
        Map<String, AttributeValue> changed = new HashMap<>(item);
        changed.put(attribute, value);
        return changed;
    }

    /// The line numbers found, in pages of 7.
    private List<Integer> newestFirst(@Nullable String index, String attribute, String value) {
        List<Integer> found = new ArrayList<>();
        @Nullable Map<String, AttributeValue> after = null;
        do {
            QueryResponse page =
                    client().query(
                                    table.newestFirst(attribute, value)
                                            .indexName(index)
                                            .limit(7)
                                            .exclusiveStartKey(after)
                                            .build());
            assertThat(page.count()).isLessThanOrEqualTo(7);
            page.items().forEach(item -> found.add(lineNumber(item)));
            after = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
        } while (after != null);
        return found;
    }

    private static int lineNumber(Map<String, AttributeValue> item) {
        String sort = requireNonNull(item.get("SK")).s();
        return Integer.parseInt(sort.substring(sort.lastIndexOf('#') + 1));
    }

    private static List<Integer> descending(int from) {
        return IntStream.range(0, from).mapToObj(i -> from - i).toList();
    }

    private int incremented(int times) {
        int acknowledged = 0;
        for (int i = 0; i < times; i++) {
            try {
                table.write(
                        List.of(
                                action(a ->
                                        a.update(u ->
                                                u.tableName(table.name())
                                                        .key(key("A", 1))
                                                        .updateExpression("ADD Version :one")
                                                        .expressionAttributeValues(
                                                                Map.of(":one", n(1)))))));
                acknowledged++;
            } catch (TransactionCanceledException e) {
                assertThat(e.cancellationReasons())
                        .extracting(CancellationReason::code)
                        .containsExactly("TransactionConflict");
            }
        }
        return acknowledged;
    }

    private static List<AttributeValue> versions(List<Map<String, AttributeValue>> items) {
        assertThat(items).hasSize(20);
        return items.stream().map(item -> item.get("Version")).distinct().toList();
    }

    private List<Map<String, AttributeValue>> byIndex() {
        return client().query(table.newestFirst("GSI1PK", "A#PURCHASED").indexName("GSI1").build())
                .items();
    }

    private List<TransactWriteItem> withThird(int line) {
        Map<String, AttributeValue> item = line("A", line, 1);
        item.put("GSI3PK", s("third"));
        item.put("GSI3SK", s("" + line));
        return List.of(table.putting(item));
    }

    private static GlobalSecondaryIndexUpdate addThird() {
        return GlobalSecondaryIndexUpdate.builder()
                .create(c ->
                        c.indexName("GSI3")
                                .keySchema(PurchaseTable.index("GSI3").keySchema())
                                .projection(PurchaseTable.index("GSI3").projection()))
                .build();
    }

    private static GlobalSecondaryIndexUpdate deleteFirst() {
        return GlobalSecondaryIndexUpdate.builder().delete(d -> d.indexName("GSI1")).build();
    }

    private IndexStatus indexStatus(String name) {
        return client()
                .describeTable(r -> r.tableName(table.name()))
                .table()
                .globalSecondaryIndexes()
                .stream()
                .filter(index -> index.indexName().equals(name))
                .findAny()
                .orElseThrow()
                .indexStatus();
    }

    private List<String> indexNames() {
        return client()
                .describeTable(r -> r.tableName(table.name()))
                .table()
                .globalSecondaryIndexes()
                .stream()
                .map(index -> index.indexName())
                .toList();
    }

    private List<String> streamed() {
        DynamoDbStreamsClient streams = server.streams();
        String arn =
                client().describeTable(r -> r.tableName(table.name())).table().latestStreamArn();
        String shard =
                streams.describeStream(r -> r.streamArn(arn))
                        .streamDescription()
                        .shards()
                        .getFirst()
                        .shardId();
        String from =
                streams.getShardIterator(r ->
                                r.streamArn(arn)
                                        .shardId(shard)
                                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                        .shardIterator();
        return streams.getRecords(r -> r.shardIterator(from)).records().stream()
                .map(record ->
                        record.eventNameAsString()
                                + " "
                                + version(record.dynamodb().oldImage())
                                + "->"
                                + version(record.dynamodb().newImage()))
                .toList();
    }

    private static String version(Map<String, AttributeValue> image) {
        return image.isEmpty() ? "" : requireNonNull(image.get("Version")).n();
    }

    private static void eventually(Runnable attempt) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                attempt.run();
                return;
            } catch (AssertionError | DynamoDbException e) {
                if (Instant.now().isAfter(deadline)) {
                    throw e;
                }
                LockSupport.parkNanos(5_000_000);
            }
        }
    }
}
