package io.cartlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.cli.RunningCartlog.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Behaviour files, from the command line through the public door to the reports. The real one
/// comes first, into an empty warehouse; ours has products, brands and accounts of its own.
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(SharedCartlog.class)
class BehaviourIT {
    private static final Path DATA = Readme.ROOT.resolve("../shared/data").normalize();
    private static final Path REAL = DATA.resolve("behaviour/2019-Oct-17435.csv.gz");
    private static final Path ANSWERS = DATA.resolve("answers/behaviour-first-1000");

    /// In a row: a purchase out of the cart; one in a later visit than the cart; a cart that is
    /// left, a removal of what is not there, a purchase without a cart; and a line that is cut off.
    private static final String OURS =
            """
            event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session
            2026-03-02 10:00:00 UTC,view,ours-1,2103807459595387724,ours.lamps,ours-a,10.00,9007199254740993,s-1
            2026-03-02 10:01:00 UTC,cart,ours-1,2103807459595387724,ours.lamps,ours-a,10.00,9007199254740993,s-1
            2026-03-02 10:02:00 UTC,purchase,ours-1,2103807459595387724,ours.lamps,ours-a,10.00,9007199254740993,s-1
            2026-03-02 11:00:00 UTC,view,ours-2,2103807459595387724,ours.lamps,ours-b,20.00,9007199254740995,s-2
            2026-03-02 11:01:00 UTC,cart,ours-2,2103807459595387724,ours.lamps,ours-b,20.00,9007199254740995,s-2
            2026-03-02 12:00:00 UTC,purchase,ours-2,2103807459595387724,ours.lamps,ours-b,20.00,9007199254740995,s-3
            2026-03-02 12:10:00 UTC,cart,ours-3,2103807459595387724,ours.lamps,ours-b,30.00,9007199254740997,s-4
            2026-03-02 12:11:00 UTC,remove_from_cart,ours-4,2103807459595387724,ours.lamps,,40.00,9007199254740997,s-4
            2026-03-02 13:00:00 UTC,purchase,ours-5,2103807459595387724,ours.lamps,ours-a,5.00,9007199254740999,s-5
            2026-03-02 13:05:00 UTC,view,ours-5,2103807459595387724,ours.lamps,ours-a,5.00,90071\
            """;

    private static RunningCartlog cartlog;

    @BeforeAll
    static void up(RunningCartlog running) throws Exception {
        cartlog = running;
        cartlog.done(
                "up", "--only", "local-stack,authorization-server,command-service,analytics-sink");
        SharedCartlog.emptyWarehouse(cartlog);
    }

    // S2-09 to S2-12
    @Test
    @Order(1)
    void the_first_thousand_rows_of_the_real_file_give_the_known_answers() throws Exception {
        assumeTrue(Files.exists(REAL), () -> "skipped: there is no " + REAL);

        JsonNode loaded = loaded(REAL, "--limit", "1000");

        assertThat(loaded.get("rows").toString())
                .startsWith(
                        "{\"read\":1000,\"views\":987,\"carts\":3,\"removals\":0,\"purchases\":10,"
                                + "\"identical\":0,\"broken\":0");
        assertThat(report("brands"))
                .containsExactlyInAnyOrderElementsOf(answer("brands", 0, 1, 2, 3, 4));
        assertThat(report("categories-by-hour"))
                .containsExactlyInAnyOrderElementsOf(answer("categories_by_hour_of_day", 0, 2, 3));
        assertThat(report("unique-visitors-per-day"))
                .containsExactlyElementsOf(answer("unique_visitors_per_day", 0, 2));
        assertThat(report("abandoned-by-user"))
                .containsExactlyInAnyOrderElementsOf(answer("cart_not_purchased_by_user", 0, 1));
        assertThat(report("abandoned-by-session"))
                .as("cart_session_product_pairs_never_purchased_in_session")
                .hasSize(2);
    }

    // S2-01, S2-14
    @Test
    @Order(2)
    void a_file_of_ours_is_in_the_reports_and_loading_it_again_adds_nothing() throws Exception {
        Path ours = Files.writeString(cartlog.folder().resolve("ours.csv"), OURS, UTF_8);

        JsonNode first = loaded(ours);

        assertThat(first.at("/rows/broken").asLong()).isEqualTo(1);
        assertThat(first.at("/rows/brokenLines/0/line").asLong()).isEqualTo(11);
        assertThat(first.at("/clicks/accepted").asLong()).isEqualTo(9);
        assertThat(first.get("commands").toString())
                .isEqualTo(
                        "{\"accepted\":8,\"replayed\":0,\"refused\":1,"
                                + "\"refusedByReason\":{\"item-not-in-cart\":1},"
                                + "\"takenOut\":2,\"notInTheCart\":1}");
        assertReports();

        JsonNode again = loaded(ours);

        assertThat(again.at("/commands/accepted").asLong()).isZero();
        assertThat(again.at("/commands/replayed").asLong()).isEqualTo(8);
        assertReports();
        assertThat(sql("SELECT count(*) FROM warehouse.clicks WHERE sku LIKE 'ours-%'"))
                .containsExactly("9");
        assertThat(sql("SELECT sum(repeated) FROM warehouse.click_ledger")).containsExactly("9");
    }

    private static void assertReports() throws Exception {
        assertThat(reportOf("ours-", "brands"))
                .containsExactly("ours-a,1,1,2,15.00", "ours-b,1,2,1,20.00");
        assertThat(reportOf(",ours.", "categories-by-hour"))
                .containsExactly(
                        "10,ours.lamps,3", "11,ours.lamps,2", "12,ours.lamps,3", "13,ours.lamps,1");
        assertThat(reportOf("2026-", "unique-visitors-per-day")).containsExactly("2026-03-02,4");
        assertThat(reportOf(",ours-", "abandoned-by-user"))
                .containsExactly("9007199254740997,ours-3");
        assertThat(reportOf(",ours-", "abandoned-by-session"))
                .containsExactly("s-2,ours-2", "s-4,ours-3");
        assertThat(reportOf("S-s-", "top-invoices"))
                .containsExactly("S-s-3,20.00", "S-s-1,10.00", "S-s-5,5.00");
        assertThat(
                        sql(
                                "SELECT action, count(*) FROM marts.activity WHERE product_id LIKE"
                                        + " 'ours-%' GROUP BY action ORDER BY action"))
                .containsExactly("cart,3", "purchase,3", "remove_from_cart,1", "view,2");
    }

    private static JsonNode loaded(Path file, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("load", "behaviour", file.toString()));
        words.addAll(Arrays.asList(more));
        words.addAll(List.of("--output", "json"));
        Said said = cartlog.done(words.toArray(String[]::new));
        SharedCartlog.flush(cartlog);
        return said.json();
    }

    private static List<String> report(String name) {
        return here("report", name, "--output", "csv");
    }

    private static List<String> reportOf(String what, String name) {
        return report(name).stream().filter(line -> line.contains(what)).toList();
    }

    private static List<String> sql(String query) {
        return here("sql", query, "--output", "csv");
    }

    /// @return the rows of CSV below their header
    private static List<String> here(String... command) {
        return cartlog.doneHere(command).out().lines().skip(1).toList();
    }

    /// Some columns of a file of answers, as CSV without its header.
    private static List<String> answer(String name, int... columns) throws IOException {
        return Files.readAllLines(ANSWERS.resolve(name + ".csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells ->
                        IntStream.of(columns)
                                .mapToObj(column -> cells[column])
                                .collect(Collectors.joining(",")))
                .toList();
    }
}
