package io.cartlog.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.load.BatchServer.Mood;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class BehaviourLoadingTest {
    private static final String HEADER =
            "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,"
                    + "user_session\n";
    private final LoadOptions options = new LoadOptions();
    @TempDir Path folder;
    private BatchServer server;

    @BeforeEach
    void start() throws IOException {
        server = new BatchServer();
        options.batch = 10;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // S2-01
    @Test
    void a_row_is_a_click_and_more_than_a_view_is_commands_too() throws IOException {
        BehaviourReport report = load(row("view", 1) + row("cart", 1) + row("remove_from_cart", 1));

        assertThat(report.rows().read()).isEqualTo(3);
        assertThat(report.clicks().accepted()).isEqualTo(3);
        assertThat(report.commands().accepted()).isEqualTo(2);
        assertThat(server.clicks())
                .extracting(click -> click.path("action").asString())
                .containsExactly("view", "cart", "remove_from_cart");
        assertThat(server.clicks().getFirst().has("commandId")).isFalse();
        assertThat(server.clicks().stream().skip(1).map(it -> it.get("commandId").asString()))
                .containsExactlyElementsOf(server.order("1"));
        JsonNode add = server.commands().getFirst();
        assertThat(add.get("command").asString()).isEqualTo("AddItem");
        assertThat(add.get("price").asString()).isEqualTo("35.79");
        assertThat(add.get("occurredAt").asString()).isEqualTo("2019-10-01T00:00:04Z");
    }

    // S2-14
    @Test
    void a_purchase_takes_the_product_out_of_the_cart_first_and_is_one_all_the_same()
            throws IOException {
        BehaviourReport report = load(row("cart", 1) + row("purchase", 1) + row("purchase", 2));

        assertThat(report.commands().takenOut()).isEqualTo(1);
        assertThat(report.commands().notInTheCart()).isEqualTo(1);
        assertThat(report.commands().refused()).isZero();
        assertThat(report.commands().accepted()).isEqualTo(4);
        List<JsonNode> commands =
                server.commands().stream()
                        .filter(it ->
                                it.path("account").asString("").equals("1")
                                        || it.path("CustomerID").asString("").equals("1"))
                        .toList();
        assertThat(commands).hasSize(3);
        String key = commands.get(2).get("idempotencyKey").asString();
        assertThat(commands.get(1).get("command").asString()).isEqualTo("RemoveItem");
        assertThat(commands.get(1).get("idempotencyKey").asString()).isEqualTo(key + "/cart");
        assertThat(commands.get(2).get("InvoiceNo").asString())
                .isEqualTo("S-72d76fde-8bb3-4e00-8c23-a032dfed738c");
        assertThat(server.clicks()).anyMatch(it -> it.path("commandId").asString("").equals(key));
    }

    @Test
    void loading_again_adds_no_command_and_sends_the_same_clicks() throws IOException {
        String rows = row("view", 1) + row("cart", 1) + row("cart", 1) + row("purchase", 1);
        load(rows);
        List<JsonNode> clicks = server.clicks();
        int events = server.events();

        BehaviourReport again = load(rows);

        assertThat(again.commands().accepted()).isZero();
        assertThat(again.commands().replayed()).isEqualTo(4);
        assertThat(again.rows().identical()).isEqualTo(1);
        assertThat(server.events()).isEqualTo(events);
        assertThat(server.clicks().subList(clicks.size(), server.clicks().size()))
                .isEqualTo(clicks);
    }

    @Test
    void a_batch_is_sent_again_until_it_is_answered() throws IOException {
        server.next(Mood.UNAVAILABLE, Mood.TAKE_AND_BREAK, Mood.BUSY);

        BehaviourReport report = load(row("view", 1) + row("cart", 1) + row("purchase", 1));

        assertThat(report.retries()).isEqualTo(3);
        assertThat(report.clicks().accepted()).isEqualTo(3);
        assertThat(report.commands().accepted()).isEqualTo(3);
    }

    @Test
    void a_batch_that_is_not_taken_ends_the_load_with_its_reason() {
        server.next(Mood.BAD_REQUEST);

        assertThatThrownBy(() -> load((row("view", 1) + row("cart", 2)).repeat(5_000)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("answered 400: no batch");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void broken_rows_are_named_once_and_the_others_go_on() throws IOException {
        options.rejects = folder.resolve("rejects.csv");

        BehaviourReport report =
                load(row("view", 1) + "no,row\n" + row("dance", 1) + row("cart", 1) + "2019-10");

        assertThat(report.rows().read()).isEqualTo(5);
        assertThat(report.rows().broken()).isEqualTo(3);
        assertThat(report.rows().brokenLines())
                .extracting(LoadReport.BrokenLine::line)
                .containsExactly(3L, 4L, 6L);
        assertThat(report.clicks().accepted()).isEqualTo(2);
        assertThat(Files.readAllLines(options.rejects)).hasSize(4);
        assertThat(report.text()).contains("2 columns instead of 9", "remove_from_cart");
        assertThat(Json.line(report)).contains("\"views\":1,\"carts\":1");
    }

    @Test
    void a_limit_reads_the_first_rows_only() throws IOException {
        Path file = file(row("view", 1).repeat(50));

        assertThat(loading().load(file, 20).rows().read()).isEqualTo(20);
        assertThat(server.clicks()).hasSize(20);
    }

    private static String row(String action, int user) {
        return ("2019-10-01 00:00:04 UTC,%s,44600062,2103807459595387724,electronics.clocks,casio,"
                        + "35.79,%d,72d76fde-8bb3-4e00-8c23-a032dfed738c\n")
                .formatted(action, user);
    }

    private BehaviourReport load(String rows) throws IOException {
        return loading().load(file(rows), Long.MAX_VALUE);
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), HEADER + rows, StandardCharsets.UTF_8);
    }

    private BehaviourLoading loading() {
        return new BehaviourLoading(
                server.address().toString(),
                () -> "token",
                options,
                new Terminal(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(new StringWriter()),
                        false));
    }
}
