package io.cartlog.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.localstack.LocalStack;
import io.cartlog.localstack.LocalStackSettings;
import io.cartlog.localstack.Part;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import tools.jackson.databind.JsonNode;

/// The projection is killed and paused where it hurts. `-Dcartlog.kills=50` for the long form.
@Timeout(1200)
class KillsIT {
    private static final String TABLE = "CustomerPurchases";
    private static final int KILLS = Integer.getInteger("cartlog.kills", 2);

    @TempDir private Path folder;
    private LocalStack stack;
    private EventWriter log;

    @BeforeEach
    void start() {
        stack =
                LocalStack.start(
                        LocalStackSettings.inFolder(folder).only(Part.KAFKA, Part.DYNAMODB));
        log = new EventWriter(stack.addresses().kafka());
    }

    @AfterEach
    void stop() {
        log.close();
        stack.close();
    }

    @Test // C, show 4
    void killed_again_and_again_under_load_it_leaves_what_an_uninterrupted_one_leaves() {
        Random random = new Random(KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServiceProcess service = new ServiceProcess(stack.addresses(), TABLE)) {
                shop("kill-" + kill, 60);
                service.await("/internal/progress", p -> p.path("eventsApplied").asLong(0) > 0);
                LockSupport.parkNanos(random.nextInt(400) * 1_000_000L);
            }
        }
        assertThat(views(TABLE)).isEqualTo(views("Uninterrupted"));
    }

    /// What stands in the table when everything is applied, proven against the log.
    private JsonNode views(String table) {
        try (RunningService service = new RunningService(stack.addresses(), table)) {
            service.awaitCaughtUp();
            JsonNode views = service.reconcile().path("views");
            assertThat(views.path("differenceCount").asLong(-1)).as("%s", views).isZero();
            assertThat(views.path("accounts").asInt()).isEqualTo(60 * KILLS);
            return views;
        }
    }

    /// Shoppers who do everything.
    private void shop(String prefix, int shoppers) {
        for (int i = 0; i < shoppers; i++) {
            log.write(Histories.random(prefix + "-" + i, i, 40));
        }
    }

    @Test // C, show 4
    void one_that_wakes_after_another_took_over_writes_nothing() throws Exception {
        shop("zombie", 150);
        try (ServiceProcess zombie = new ServiceProcess(stack.addresses(), TABLE)) {
            zombie.await("/internal/progress", p -> p.path("eventsApplied").asLong(0) > 0);
            zombie.signal("STOP");
            try (ServiceProcess heir = new ServiceProcess(stack.addresses(), TABLE)) {
                shop("heir", 20);
                heir.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
                Map<String, Map<String, AttributeValue>> before = items();
                assertThat(before).hasSizeGreaterThan(170);

                zombie.signal("CONT");
                zombie.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
                heir.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);

                assertThat(items()).isEqualTo(before);
                shop("both", 20);
                heir.await("/internal/progress", p -> p.path("lag").asLong(-1) == 0);
            }
        }
        try (RunningService service = new RunningService(stack.addresses(), TABLE)) {
            service.awaitCaughtUp();
            assertThat(service.reconcile().at("/views/differenceCount").asLong(-1)).isZero();
        }
    }

    /// By their keys, without the positions, which may go back and do no harm.
    private Map<String, Map<String, AttributeValue>> items() {
        try (DynamoDbClient client = TestStack.dynamoDb(stack.addresses())) {
            return client
                    .scanPaginator(
                            ScanRequest.builder().tableName(TABLE).consistentRead(true).build())
                    .items()
                    .stream()
                    .filter(item -> !text(item, "PK").startsWith("POSITION"))
                    .collect(
                            Collectors.toMap(
                                    item -> text(item, "PK") + "|" + text(item, "SK"),
                                    item -> item));
        }
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return item.getOrDefault(attribute, AttributeValue.fromS("")).s();
    }
}
