package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.schemas.topic.Topics;
import io.cartlog.sink.clicks.ClickLoader;
import io.cartlog.sink.clicks.ClickWarehouse;
import io.cartlog.sink.row.Offsets;
import io.cartlog.sink.warehouse.Warehouse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Clicks on their way from the topic into the warehouse.
@ExtendWith(Stack.class)
class ClicksIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void a_click_is_one_row_however_often_it_was_sent_and_loaded(World world) throws Exception {
        String account = world.account();
        ClickWriter clicks = writer(world);
        clicks.write(ClickWriter.clicks(account, 30));
        clicks.write(ClickWriter.clicks(account, 10));
        ClickLoader first = loader(world, world.databasePort());
        load(world, first);
        first.close();
        clicks.write(ClickWriter.clicks(account, 20));
        ClickLoader second = loader(world, world.databasePort());
        load(world, second);

        assertThat(rows(world, account)).isEqualTo(30);
        assertThat(second.ledger().clicks())
                .isEqualTo(Long.parseLong(one(world, "select count(*) from warehouse.clicks")));
        assertThat(second.ledger().repeated() - first.ledger().repeated()).isEqualTo(20);
        assertThat(
                        one(
                                world,
                                """
                                select concat_ws('|', session_id, action, occurred_at at time zone 'UTC',
                                    sku, category_id, category is null, brand, unit_price, command_id,
                                    recorded_at > now() - interval '1 hour')
                                from warehouse.clicks where click_id = 'click-7' and account_id = '%s'
                                """
                                        .formatted(account)))
                .isEqualTo(
                        "72d76fde-8bb3-4e00-8c23-a032dfed738c|view|2019-10-01 00:00:07|44600062|"
                                + "2103807459595387724|t|shiseido|35.7900|command-7|t");
    }

    @Test
    void the_same_id_of_two_accounts_is_two_clicks(World world) throws Exception {
        List<String> accounts = List.of(world.account(), world.account());
        ClickWriter clicks = writer(world);
        accounts.forEach(account -> clicks.write(ClickWriter.clicks(account, 3)));
        load(world, loader(world, world.databasePort()));

        assertThat(accounts).allSatisfy(account -> assertThat(rows(world, account)).isEqualTo(3));
    }

    @Test
    void what_is_no_click_goes_to_the_dead_letters_and_the_rest_goes_on(World world)
            throws Exception {
        String account = world.account();
        ClickWriter clicks = writer(world);
        long offset = clicks.writeBytes(2, new byte[] {0, 0, 0, 0, 99});
        clicks.write(ClickWriter.clicks(account, 5));
        ClickLoader loader = loader(world, world.databasePort());
        load(world, loader);

        assertThat(rows(world, account)).isEqualTo(5);
        assertThat(loader.ledger().unreadable()).isPositive();
        assertThat(DeadLetterTopic.read(world.addresses.kafka()))
                .anySatisfy(letter -> {
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-topic"))
                            .isEqualTo(Topics.CLICKS.name());
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-partition"))
                            .isEqualTo("2");
                    assertThat(DeadLetterTopic.header(letter, "dead-letter-offset"))
                            .isEqualTo(Long.toString(offset));
                });
    }

    @Test
    void two_loaders_of_the_same_partitions_load_nothing_twice(World world) throws Exception {
        String account = world.account();
        ClickLoader one = loader(world, world.databasePort());
        ClickLoader other = loader(world, world.databasePort());
        ClickWriter clicks = writer(world);
        for (int i = 1; i <= 10; i++) {
            clicks.write(ClickWriter.clicks(account, i * 100));
        }
        load(world, one);
        load(world, other);

        assertThat(rows(world, account)).isEqualTo(1_000);
        assertThat(List.of(one, other)).allSatisfy(it -> assertThat(it.failure()).isNull());
        assertThat(other.ledger().offsets()).isEqualTo(end(world));
    }

    // S4-18
    @Test
    void a_warehouse_that_is_away_is_waited_for(World world) throws Exception {
        Wire wire = world.wireToTheDatabase();
        wire.cut();
        ClickLoader loader = loader(world, wire.port());
        String account = world.account();
        writer(world).write(ClickWriter.clicks(account, 10));
        World.await("told that it is away", () -> loader.failure() != null);
        wire.mend();
        load(world, loader);

        assertThat(rows(world, account)).isEqualTo(10);
        assertThat(loader.failure()).isNull();
    }

    @Test
    void a_load_whose_answer_is_lost_is_not_loaded_again(World world) throws Exception {
        Wire wire = world.wireToTheDatabase();
        ClickLoader loader = loader(world, wire.port());
        load(world, loader);
        String account = world.account();
        wire.loseAnswerTo("COMMIT");
        writer(world).write(ClickWriter.clicks(account, 10));
        load(world, loader);

        assertThat(wire.hasSnapped()).isTrue();
        assertThat(rows(world, account)).isEqualTo(10);
    }

    @Test
    void a_lost_a_doubled_and_a_changed_row_are_named(World world) throws Exception {
        String account = world.account();
        ClickWriter clicks = writer(world);
        clicks.write(ClickWriter.clicks(account, 40));
        clicks.write(ClickWriter.clicks(account, 5));
        try (RunningService service = RunningService.in(world, Map.of())) {
            JsonNode progress = service.post("/internal/flush").get("clicks");
            assertThat(progress.get("lag").asLong()).isZero();
            assertThat(progress.get("rows").asLong())
                    .isEqualTo(Long.parseLong(one(world, "select count(*) from warehouse.clicks")));
            JsonNode agreed = service.reconcile();
            assertThat(agreed.get("differenceCount").asLong()).as("%s", agreed).isZero();
            assertThat(agreed.at("/clicks/events")).isEqualTo(agreed.at("/clicks/rows"));
            assertThat(agreed.at("/clicks/repeated").asLong()).isGreaterThanOrEqualTo(5);

            String where = " where account_id = '" + account + "' and click_id = 'click-";
            world.execute("delete from warehouse.clicks" + where + "20'");
            assertThat(problems(service)).containsExactly("rows are missing");
            world.execute(
                    "insert into warehouse.clicks select * from warehouse.clicks" + where + "21'");
            assertThat(problems(service))
                    .containsExactly("rows are missing", "rows that the log has not");
            world.execute("update warehouse.clicks set brand = 'another'" + where + "22'");
            assertThat(problems(service))
                    .containsExactly(
                            "rows are missing",
                            "rows that the log has not",
                            "rows differ in content");
        }
    }

    private static List<String> problems(RunningService service) throws Exception {
        return service.reconcile()
                .get("differences")
                .valueStream()
                .filter(d -> d.get("where").asString().equals("clicks"))
                .map(d -> d.get("problem").asString())
                .toList();
    }

    private static ClickWriter writer(World world) {
        return world.keep(new ClickWriter(world.addresses.kafka()));
    }

    private static ClickLoader loader(World world, int port) {
        world.topics.ensure(world.topics.partitions().size(), (short) 1);
        Warehouse warehouse = world.warehouse(port);
        ClickLoader loader =
                new ClickLoader(
                        world.addresses.kafka(),
                        world.topics.partitions(),
                        new ClickWarehouse(warehouse::connect),
                        warehouse::prepare,
                        Duration.ofHours(1));
        loader.start();
        return world.keep(loader);
    }

    private static Offsets end(World world) {
        return world.topics.endOfClicks(world.topics.partitions());
    }

    private static void load(World world, ClickLoader loader) throws InterruptedException {
        assertThat(loader.awaitLoaded(end(world), PATIENCE)).as(loader.failure()).isTrue();
    }

    private static long rows(World world, String account) {
        return Long.parseLong(
                one(
                        world,
                        "select count(*) from warehouse.clicks where account_id = '"
                                + account
                                + "'"));
    }

    private static String one(World world, String query) {
        try {
            return world.sql(query).getFirst();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
