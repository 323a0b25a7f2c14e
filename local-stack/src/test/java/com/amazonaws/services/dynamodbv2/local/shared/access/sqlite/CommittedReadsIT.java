package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.dynamodbv2.local.shared.model.AttributeValue;
import com.amazonaws.services.dynamodbv2.local.shared.model.Condition;
import com.amazonaws.services.dynamodbv2.model.AttributeDefinition;
import com.amazonaws.services.dynamodbv2.model.BillingMode;
import com.amazonaws.services.dynamodbv2.model.ComparisonOperator;
import com.amazonaws.services.dynamodbv2.model.ScalarAttributeType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever reads gets what is committed, and waits for no transaction.
@NullMarked
class CommittedReadsIT {
    private static final String TABLE = "Items";
    private static final byte[] SIGNATURE = "same".getBytes(UTF_8);

    private final ExecutorService others = Executors.newCachedThreadPool();
    private TunedSqliteAccess storage;
    private Path file;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        file = folder.resolve("test.db");
        storage = new TunedSqliteAccess(file.toFile());
        storage.createTable(
                TABLE,
                new AttributeDefinition("PK", ScalarAttributeType.S),
                null,
                List.of(new AttributeDefinition("PK", ScalarAttributeType.S)),
                null,
                null,
                null,
                null,
                BillingMode.PAY_PER_REQUEST,
                false,
                null);
        put("A", "before");
    }

    @AfterEach
    void stop() {
        others.close();
        storage.close();
    }

    @Test
    void an_item_is_read_as_it_was_before_a_transaction_until_that_is_committed() throws Exception {
        storage.beginTransaction("token");
        put("A", "after");
        put("B", "after");

        assertThat(elsewhere(() -> read("A"))).isEqualTo("before");
        assertThat(elsewhere(() -> read("B"))).isEqualTo("nothing");
        assertThat(elsewhere(() -> query("A"))).isEqualTo("before");

        storage.commitTransaction("token", SIGNATURE);

        assertThat(elsewhere(() -> read("A"))).isEqualTo("after");
        assertThat(elsewhere(() -> read("B"))).isEqualTo("after");
        assertThat(elsewhere(() -> query("A"))).isEqualTo("after");
    }

    @Test
    void what_was_rolled_back_is_never_read() throws Exception {
        storage.beginTransaction("token");
        put("A", "after");
        assertThat(elsewhere(() -> read("A"))).isEqualTo("before");
        storage.rollbackTransaction();

        assertThat(elsewhere(() -> read("A"))).isEqualTo("before");
    }

    @Test
    void every_write_is_read_once_it_is_acknowledged() throws Exception {
        for (int version = 1; version <= 500; version++) {
            String written = "version " + version;
            put("A", written);
            assertThat(elsewhere(() -> read("A"))).isEqualTo(written);
        }
    }

    @Test
    void whoever_closes_leaves_one_file() {
        storage.close();

        assertThat(Files.exists(file)).isTrue();
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**-wal");
    }

    private void put(String key, String value) {
        AttributeValue hash = text(key);
        storage.putRecord(TABLE, Map.of("PK", hash, "Value", text(value)), hash, null, false);
    }

    private String read(String key) {
        Map<String, AttributeValue> item =
                TunedSqliteAccess.reading(() -> storage.getRecord(TABLE, Map.of("PK", text(key))));
        return item == null ? "nothing" : requireNonNull(item.get("Value")).getS();
    }

    private String query(String key) {
        Condition same =
                new Condition()
                        .withComparisonOperator(ComparisonOperator.EQ)
                        .withAttributeValueList(text(key));
        List<Map<String, AttributeValue>> found =
                TunedSqliteAccess.reading(() ->
                                storage.queryRecords(
                                        TABLE,
                                        null,
                                        Map.of("PK", same),
                                        null,
                                        10L,
                                        true,
                                        null,
                                        null,
                                        false,
                                        false))
                        .getReturnedRecords();
        assertThat(found).hasSize(1);
        return requireNonNull(found.getFirst().get("Value")).getS();
    }

    /// On another thread, which does not hold the transaction's lock.
    private String elsewhere(Supplier<String> request) throws Exception {
        Future<String> answer = others.submit(request::get);
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static AttributeValue text(String value) {
        return new AttributeValue().withS(value);
    }
}
