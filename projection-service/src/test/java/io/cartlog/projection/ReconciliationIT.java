package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import tools.jackson.databind.JsonNode;

/// The proof finds what is wrong, and only that.
class ReconciliationIT {
    private static final String TABLE = "CustomerPurchases";

    @TempDir private static Path folder;
    private static LocalStack stack;
    private static RunningService service;
    private static EventWriter log;
    private static DynamoDbClient dynamoDb;

    @BeforeAll
    static void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.DYNAMODB));
        service = new RunningService(stack.addresses(), TABLE);
        log = new EventWriter(stack.addresses().kafka());
        dynamoDb = TestStack.dynamoDb(stack.addresses());
        for (int i = 0; i < 30; i++) {
            log.write(Histories.random("acct-" + i, i, 50));
        }
        log.writeGarbage("x", "garbage".getBytes(StandardCharsets.UTF_8));
        log.write(
                new Histories("till")
                        .purchase("1001", "85123A", 6, "2.55")
                        .purchase("1001", "85123A", -6, "2.55")
                        .purchase("1001", "22423", 1, "0.00")
                        .purchase("O-1001", "22424", 1, "1.00") // the same key in the table
                        .events());
        service.awaitCaughtUp();
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
        dynamoDb.close();
        stack.close();
    }

    @Test
    void the_log_and_the_views_agree_and_every_difference_is_named() {
        JsonNode clean = service.reconcile();

        assertThat(clean.path("views").path("differenceCount").asLong(-1)).isZero();
        assertThat(clean.path("views").path("digest"))
                .isEqualTo(clean.path("views").path("expectedDigest"));
        assertThat(clean.path("views").path("heads").asLong()).isEqualTo(31);
        assertThat(clean.path("log").path("events").asLong()).isEqualTo(30 * 50 + 4);
        assertThat(clean.path("log").path("orders").asLong())
                .isPositive()
                .isEqualTo(clean.path("views").path("orders").asLong());
        assertThat(clean.path("log").path("unreadable").asLong()).isEqualTo(1);
        assertThat(clean.at("/views/parked").valueStream().map(s -> s.path("account").asString()))
                .containsExactly("x");
        assertThat(clean.path("log").path("partitions")).hasSize(4);

        delete("till", "till#PURCHASED#O-1001#P-85123A");
        tamper("till", "till#PURCHASED#O-1001#P-22423");
        put("till", "till#ACTIVE#P-NEVER");
        put("nobody", "nobody#SAVED#P-1");

        JsonNode views = service.reconcile().path("views");
        assertThat(views.path("differenceCount").asLong()).isEqualTo(4);
        assertThat(views.path("digest")).isNotEqualTo(views.path("expectedDigest"));
        assertThat(views.path("differences").valueStream().map(ReconciliationIT::named))
                .containsExactlyInAnyOrder(
                        "till till|till#PURCHASED#O-1001#P-85123A missing",
                        "till till|till#PURCHASED#O-1001#P-22423 different",
                        "till till|till#ACTIVE#P-NEVER extra",
                        "nobody nobody|nobody#SAVED#P-1 extra");
        JsonNode different =
                views.path("differences")
                        .valueStream()
                        .filter(d -> d.path("problem").asString().equals("different"))
                        .findFirst()
                        .orElseThrow();
        assertThat(different.path("expected").path("Description").asString())
                .isEqualTo("WHITE HANGING HEART");
        assertThat(different.path("found").path("Description").asString()).isEqualTo("BLACK");
    }

    private static String named(JsonNode difference) {
        return difference.path("account").asString()
                + " "
                + difference.path("key").asString()
                + " "
                + difference.path("problem").asString();
    }

    private static Map<String, AttributeValue> key(String pk, String sk) {
        return Map.of("PK", AttributeValue.fromS(pk), "SK", AttributeValue.fromS(sk));
    }

    private static void delete(String pk, String sk) {
        dynamoDb.deleteItem(DeleteItemRequest.builder().tableName(TABLE).key(key(pk, sk)).build());
    }

    private static void put(String pk, String sk) {
        dynamoDb.putItem(PutItemRequest.builder().tableName(TABLE).item(key(pk, sk)).build());
    }

    private static void tamper(String pk, String sk) {
        dynamoDb.updateItem(
                UpdateItemRequest.builder()
                        .tableName(TABLE)
                        .key(key(pk, sk))
                        .updateExpression("SET Description = :black")
                        .expressionAttributeValues(Map.of(":black", AttributeValue.fromS("BLACK")))
                        .build());
    }
}
