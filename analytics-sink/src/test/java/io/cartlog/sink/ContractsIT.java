package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.iceberg.LakeColumns;
import io.cartlog.wire.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yaml.snakeyaml.Yaml;

/// What the data team may rely on: contracts that are made of schemas and comments, and hold.
@ExtendWith(Stack.class)
class ContractsIT {
    private static final Path FOLDER = Path.of("../docs/contracts").toAbsolutePath().normalize();

    enum Made {
        CART_EVENTS,
        MARTS;

        Path file() {
            return FOLDER.resolve(name().toLowerCase(Locale.ROOT) + ".odcs.yaml");
        }

        Contract of(Catalog catalog) throws SQLException {
            return switch (this) {
                case CART_EVENTS -> cartEvents(catalog);
                case MARTS -> marts(catalog);
            };
        }
    }

    private static Contract cartEvents(Catalog catalog) throws SQLException {
        Contract contract =
                new Contract(
                                "cartlog-cart-events",
                                "Events of carts",
                                "Every fact in the life of a cart, once: what was added, saved, merged, bought.",
                                "Replay it, or join it on account_id and version. Business time is occurred_at.",
                                "Order holds within an account only. Redshift enforces no key; the rules below count what breaks one.")
                        .server(
                                "log",
                                "kafka",
                                "host",
                                "CARTLOG_KAFKA_BOOTSTRAP_SERVERS",
                                "format",
                                "avro")
                        .server(
                                "lake",
                                "s3",
                                "location",
                                "s3://BUCKET/lake/*.parquet",
                                "format",
                                "parquet")
                        .promise(
                                "latency",
                                60,
                                "s",
                                "From the log to the warehouse; StoreStale warns then.");
        contract.object(
                "cart.events",
                "topic",
                EventRecord.getClassSchema().getDoc(),
                Contract.avro(EventRecord.getClassSchema()),
                List.of());
        contract.object(
                "lake.cart.events",
                "table",
                "The same events as an Iceberg table, by hour of log time.",
                Contract.lake(LakeColumns.all(), LakeColumns.partitions()),
                List.of());
        for (String table : List.of("warehouse.events", "warehouse.order_lines")) {
            contract.object(
                    table, "table", catalog.about(table), catalog.columns(table), rules(table));
        }
        return contract;
    }

    private static List<Map<String, Object>> rules(String table) {
        return switch (table) {
            case "warehouse.events" ->
                    List.of(
                            Contract.rule(
                                    "uniqueness",
                                    "Each event once.",
                                    "SELECT COUNT(*) - COUNT(DISTINCT event_id) FROM warehouse.events"),
                            Contract.rule(
                                    "uniqueness",
                                    "Each record of the log once.",
                                    "SELECT COUNT(*) FROM (SELECT 1 AS doubled FROM warehouse.events"
                                            + " GROUP BY kafka_partition, kafka_offset HAVING COUNT(*) > 1) d"),
                            Contract.rule(
                                    "completeness",
                                    "The versions of an account are 1, 2, 3 ... without gaps.",
                                    "SELECT COUNT(*) FROM (SELECT account_id FROM warehouse.events"
                                            + " GROUP BY account_id HAVING MIN(version) <> 1"
                                            + " OR MAX(version) <> COUNT(*)) g"));
            case "warehouse.order_lines" ->
                    List.of(
                            Contract.rule(
                                    "uniqueness",
                                    "Each line of an order once.",
                                    "SELECT COUNT(*) FROM (SELECT 1 AS doubled FROM warehouse.order_lines"
                                            + " GROUP BY order_id, line_no HAVING COUNT(*) > 1) d"),
                            Contract.rule(
                                    "consistency",
                                    "The amount is quantity times price.",
                                    "SELECT COUNT(*) FROM warehouse.order_lines"
                                            + " WHERE amount <> quantity * unit_price"),
                            Contract.rule(
                                    "consistency",
                                    "Each line is of an event that is there.",
                                    "SELECT COUNT(*) FROM warehouse.order_lines l LEFT JOIN warehouse.events e"
                                            + " ON e.event_id = l.event_id WHERE e.event_id IS NULL"));
            case "marts.order_lines" ->
                    List.of(
                            Contract.rule(
                                    "completeness",
                                    "All lines, and no line twice.",
                                    "SELECT (SELECT COUNT(*) FROM marts.order_lines)"
                                            + " - (SELECT COUNT(*) FROM warehouse.order_lines)"));
            case "marts.cart_events" ->
                    List.of(
                            Contract.rule(
                                    "completeness",
                                    "All events, and none twice.",
                                    "SELECT (SELECT COUNT(*) FROM marts.cart_events)"
                                            + " - (SELECT COUNT(*) FROM warehouse.events)"));
            default -> List.of();
        };
    }

    private static Contract marts(Catalog catalog) throws SQLException {
        Contract contract =
                new Contract(
                                "cartlog-marts",
                                "Marts of the shop",
                                "Facts, dimensions, and one view for each question that the data team asks.",
                                "Ask the views of the schema marts; ./cartlog report prints them.",
                                "Views: as fresh as the tables below them, and as fast as their input is small.")
                        .server("redshift", "redshift", "database", "DATABASE", "schema", "marts")
                        .server(
                                "stand-in",
                                "postgresql",
                                "host",
                                "127.0.0.1",
                                "port",
                                8087,
                                "database",
                                "cartlog",
                                "schema",
                                "marts")
                        .promise(
                                "latency",
                                60,
                                "s",
                                "From the log to the warehouse; StoreStale warns then.");
        for (String view : catalog.views()) {
            contract.object(view, "view", catalog.about(view), catalog.columns(view), rules(view));
        }
        return contract;
    }

    /// What the database says of its tables and views.
    record Catalog(World world) {
        List<String> views() throws SQLException {
            return world.sql(
                    "select schemaname || '.' || viewname from pg_views"
                            + " where schemaname = 'marts' order by 1");
        }

        String about(String relation) throws SQLException {
            return world.sql("select obj_description('%s'::regclass)".formatted(relation))
                    .getFirst();
        }

        /// One string for each: name, type, whether it is never null, what is said of it.
        List<Map<String, Object>> columns(String relation) throws SQLException {
            List<Map<String, Object>> columns = new ArrayList<>();
            for (String row :
                    world.sql(
                            """
                            select attname || '|' || format_type(atttypid, atttypmod) || '|' || attnotnull
                                || '|' || coalesce(col_description(attrelid, attnum), '')
                            from pg_attribute
                            where attrelid = '%s'::regclass and attnum > 0 and not attisdropped
                            order by attnum
                            """
                                    .formatted(relation))) {
                String[] part = row.split("\\|", 4);
                columns.add(
                        Contract.column(
                                part[0],
                                Contract.logicalType(part[1]),
                                part[1],
                                part[2].equals("true"),
                                part[3].isEmpty() ? null : part[3]));
            }
            return columns;
        }
    }

    /// With `-Dcartlog.docs=write` it is written.
    @ParameterizedTest
    @EnumSource
    void a_contract_says_what_there_is(Made made, World world) throws Exception {
        world.warehouse().prepare();
        String yaml = made.of(new Catalog(world)).yaml();
        if ("write".equals(System.getProperty("cartlog.docs"))) {
            Files.writeString(made.file(), yaml, UTF_8);
        }
        assertThat(Files.readString(made.file(), UTF_8)).isEqualTo(yaml);
    }

    @Test
    void lake_and_warehouse_have_the_same_columns_in_the_same_order(World world) throws Exception {
        world.warehouse().prepare();
        List<Map<String, Object>> table = new Catalog(world).columns("warehouse.events");
        List<NestedField> lake = LakeColumns.all();

        assertThat(table).extracting(it -> it.get("name")).isEqualTo(names(lake));
        assertThat(table)
                .extracting(it -> it.get("logicalType"))
                .isEqualTo(lake.stream().map(it -> Contract.logicalType(it.type())).toList());
        assertThat(table)
                .extracting(it -> it.get("required"))
                .isEqualTo(lake.stream().map(NestedField::isRequired).toList());
    }

    private static List<String> names(List<NestedField> fields) {
        return fields.stream().map(NestedField::name).toList();
    }

    /// All but the payload, which becomes the columns between, and what only the decider needs.
    @Test
    void what_every_event_has_is_a_column() {
        assertThat(names(LakeColumns.all()))
                .containsAll(
                        EventRecord.getClassSchema().getFields().stream()
                                .map(field -> field.name())
                                .filter(name -> !List.of("payload", "fingerprint").contains(name))
                                .map(name -> name.equals("account") ? "accountId" : name)
                                .map(name ->
                                        name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                                .toList());
    }

    @Test
    void the_rules_hold_and_find_what_breaks_them(World world) throws Exception {
        String account = world.account();
        world.log.write(
                IntStream.rangeClosed(1, 3)
                        .mapToObj(i ->
                                SampleEvents.recorded(
                                        account,
                                        i,
                                        SampleEvents.checkedOut("O-" + account + i, "0.25", "12")))
                        .toList());
        Lake lake = world.lake();
        world.flushAndLoad(lake);
        world.execute("delete from warehouse.events where account_id <> '" + account + "'");
        world.execute("delete from warehouse.order_lines where account_id <> '" + account + "'");
        assertThat(broken(world)).isEmpty();

        world.execute(
                "insert into warehouse.events select * from warehouse.events where version = 2");
        world.execute("delete from warehouse.events where version = 1");
        world.execute("update warehouse.order_lines set amount = amount + 1 where version = 3");
        world.execute(
                "insert into warehouse.order_lines select * from warehouse.order_lines where version = 3");
        assertThat(broken(world))
                .containsExactly(
                        "Each event once.",
                        "Each record of the log once.",
                        "The versions of an account are 1, 2, 3 ... without gaps.",
                        "Each line of an order once.",
                        "The amount is quantity times price.",
                        "Each line is of an event that is there.");
    }

    /// What is written in the files, not what this class would write.
    private static List<String> broken(World world) throws Exception {
        List<String> broken = new ArrayList<>();
        for (Map<?, ?> rule : rules()) {
            assertThat(rule.get("mustBe")).isEqualTo(0);
            if (!world.sql(String.valueOf(rule.get("query"))).getFirst().equals("0")) {
                broken.add(String.valueOf(rule.get("description")));
            }
        }
        return broken;
    }

    private static List<Map<?, ?>> rules() throws IOException {
        List<Map<?, ?>> rules = new ArrayList<>();
        for (Made made : Made.values()) {
            Map<String, List<Map<String, List<Map<?, ?>>>>> contract =
                    new Yaml().load(Files.readString(made.file(), UTF_8));
            contract.getOrDefault("schema", List.of())
                    .forEach(object -> rules.addAll(object.getOrDefault("quality", List.of())));
        }
        assertThat(rules).hasSizeGreaterThan(7);
        return rules;
    }
}
