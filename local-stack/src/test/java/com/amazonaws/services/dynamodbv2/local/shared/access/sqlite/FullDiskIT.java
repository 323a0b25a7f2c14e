package com.amazonaws.services.dynamodbv2.local.shared.access.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.amazonaws.services.dynamodbv2.local.shared.access.LocalDBClient;
import com.amazonaws.services.dynamodbv2.local.shared.jobs.JobsRegister;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// SQLite rolls back by itself when it runs out of space: the writes that follow in the transaction
/// must not be committed one by one.
@NullMarked
class FullDiskIT {
    private static final String TABLE = "Items";
    private static final String FILLER = "x".repeat(2_000);

    private TunedSqliteAccess storage;
    private LocalDBClient server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        storage = new TunedSqliteAccess(folder.resolve("test.db").toFile());
        server =
                new LocalDBClient(
                        storage, new JobsRegister(Executors.newFixedThreadPool(1), false));
        client().createTable(
                        CreateTableRequest.builder()
                                .tableName(TABLE)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        AttributeDefinition.builder()
                                                .attributeName("PK")
                                                .attributeType(ScalarAttributeType.S)
                                                .build())
                                .keySchema(
                                        KeySchemaElement.builder()
                                                .attributeName("PK")
                                                .keyType(KeyType.HASH)
                                                .build())
                                .build());
    }

    @AfterEach
    void stop() {
        server.shutdown();
    }

    @Test
    void a_transaction_that_runs_out_of_space_leaves_nothing_and_the_next_one_works() {
        write(0, 5);
        allowPages(40);

        assertThatThrownBy(() -> write(100, 200)).isNotNull();

        allowPages(100_000);
        assertThat(items()).isEqualTo(5);
        write(200, 300);
        assertThat(items()).isEqualTo(105);
    }

    @Test
    void a_commit_that_fails_is_an_error_and_leaves_nothing() {
        write(0, 5);
        runSql("ALTER TABLE tr RENAME TO elsewhere");

        assertThatThrownBy(() -> write(100, 110)).isNotNull();

        runSql("ALTER TABLE elsewhere RENAME TO tr");
        assertThat(items()).isEqualTo(5);
        write(200, 210);
        assertThat(items()).isEqualTo(15);
    }

    private DynamoDbClient client() {
        return server.dynamoDbClient();
    }

    private void write(int from, int to) {
        List<TransactWriteItem> puts = IntStream.range(from, to).mapToObj(FullDiskIT::put).toList();
        client().transactWriteItems(r -> r.transactItems(puts));
    }

    private static TransactWriteItem put(int number) {
        return TransactWriteItem.builder()
                .put(
                        Put.builder()
                                .tableName(TABLE)
                                .item(
                                        Map.of(
                                                "PK", AttributeValue.fromS("item " + number),
                                                "Filler", AttributeValue.fromS(FILLER)))
                                .build())
                .build();
    }

    private int items() {
        return client().scan(r -> r.tableName(TABLE)).count();
    }

    private void allowPages(int pages) {
        runSql("PRAGMA max_page_count = " + pages);
    }

    private void runSql(String sql) {
        storage.queue
                .execute(
                        new SQLiteJob<Void>() {
                            @Override
                            protected @Nullable Void job(SQLiteConnection connection)
                                    throws SQLiteException {
                                connection.exec(sql);
                                return null;
                            }
                        })
                .complete();
    }
}
