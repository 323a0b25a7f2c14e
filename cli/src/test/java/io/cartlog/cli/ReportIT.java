package io.cartlog.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cartlog.cli.RunningCartlog.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// Reports as the data team asks for them, out of the warehouse of a running stack.
@Timeout(600)
@ExtendWith(SharedCartlog.class)
class ReportIT {
    private static final String ORDERS =
            """
            INSERT INTO warehouse.order_lines
            SELECT 'order-' || n, 1, 'account-' || n % 7, 'P-' || n % 5, 'a product', 'TV', n, 2.5,
                n * 2.5, 'Norway', timestamptz '2026-01-01 00:00Z' + n * interval '1 day', now(),
                'SALE', 'event-' || n, n, 0, n
            FROM generate_series(1, 40) n
            """;

    private static final String RETURN =
            """
            INSERT INTO warehouse.order_lines
            VALUES ('C-1', 1, 'account-1', 'P-1', 'a product', 'TV', -1, 2.5, -2.5, 'Norway',
                '2026-01-01 00:00Z', now(), 'RETURN', 'event-0', 1, 0, 0)
            """;

    private static final String CLICKS =
            """
            INSERT INTO warehouse.clicks
            SELECT 'click-' || n, 'account-' || n % 7, 'session-' || n, 'view',
                '2026-01-01 10:00Z', now(), 'P-' || n % 5, '2053013555631882655', 'TV', 'acme', 2.5,
                null, 0, n
            FROM generate_series(1, 10) n
            """;

    private static RunningCartlog cartlog;

    @BeforeAll
    static void up(RunningCartlog running) throws Exception {
        cartlog = running;
        cartlog.done("up", "--only", "local-stack,authorization-server,analytics-sink");
        SharedCartlog.emptyWarehouse(cartlog);
        for (String rows : List.of(ORDERS, RETURN, CLICKS)) {
            cartlog.doneHere("sql", "--write", rows);
        }
    }

    private static String here(String... command) {
        return cartlog.doneHere(command).out();
    }

    @Test
    void a_question_is_answered_as_csv_json_and_text() throws Exception {
        assertThat(cartlog.done("report", "sales-by-month", "--output", "csv").out())
                .isEqualTo("period,sales,orders\n2026-01,1160.00,31\n2026-02,887.50,10\n");
        JsonNode products =
                json(
                        here(
                                "report",
                                "top-products",
                                "--scope",
                                "sales",
                                "--limit",
                                "2",
                                "-o",
                                "json"));
        assertThat(products.toString())
                .isEqualTo(
                        "[{\"sku\":\"P-0\",\"quantity\":180},{\"sku\":\"P-4\",\"quantity\":172}]");
        assertThat(here("report", "average-sales"))
                .startsWith("period_kind")
                .contains("year", "2047.50", "(4 rows)");
    }

    // S4-12 to S4-15
    @Test
    void every_report_has_an_answer_with_its_columns() {
        JsonNode reports = json(here("report", "--output", "json"));
        assertThat(reports).hasSize(26);
        for (JsonNode report : reports) {
            String name = report.get("report").asString();
            String header = here("report", name, "--output", "csv").lines().findFirst().orElse("");
            assertThat(header).as(name).matches("[a-z_]+(,[a-z_]+)+");
            assertThat(json(here("report", name, "--wide", "--output", "json")).isArray()).isTrue();
        }
    }

    // D: every view answers in under a second, and its cost grows no faster than its input
    @Test
    void every_report_is_measured_on_copies_of_the_warehouse() {
        JsonNode measured =
                json(here("bench", "reports", "--scale", "1,3", "--runs", "1", "--output", "json"));
        assertThat(measured.get("reports")).hasSize(26);
        assertThat(measured.get("copies").valueStream().map(it -> it.get("orderLines").asLong()))
                .containsExactly(41L, 123L);
        for (JsonNode report : measured.get("reports")) {
            assertThat(report.get("seconds")).as(report.toString()).hasSize(2);
            assertThat(report.get("growth").asDouble()).as(report.toString()).isPositive();
        }
        assertThat(rowsOf(measured, 1, "customers")).isEqualTo(21);
        assertThat(
                        json(
                                here(
                                        "sql",
                                        "SELECT nspname FROM pg_namespace WHERE nspname LIKE"
                                                + " 'scaled%'",
                                        "--output",
                                        "json")))
                .as("schemas that are left")
                .isEmpty();
    }

    private static long rowsOf(JsonNode measured, int copy, String report) {
        List<String> names =
                measured.get("reports")
                        .valueStream()
                        .map(it -> it.get("report").asString())
                        .toList();
        return measured.at("/copies/%d/answers/%d/rows".formatted(copy, names.indexOf(report)))
                .asLong();
    }

    @Test
    void a_report_asks_what_its_view_says_that_it_answers() {
        for (JsonNode report : json(here("report", "--output", "json"))) {
            String view = "marts." + report.get("report").asString().replace('-', '_');
            JsonNode comment =
                    json(
                            here(
                                    "sql",
                                    "SELECT obj_description('%s'::regclass) AS question"
                                            .formatted(view),
                                    "--output",
                                    "json"));
            assertThat(comment.at("/0/question").asString())
                    .as(view)
                    .isEqualTo(report.get("question").asString());
        }
    }

    private static JsonNode json(String text) {
        return io.cartlog.cli.terminal.Json.MAPPER.readTree(text);
    }

    @Test
    void a_chart_is_drawn_into_a_file() throws Exception {
        Path svg = cartlog.folder().resolve("sales.svg");
        Path png = cartlog.folder().resolve("products.png");
        here("report", "sales-by-day", "--chart", svg.toString());
        cartlog.done("report", "top-products", "--chart", png.toString(), "--limit", "10");
        assertThat(Files.readString(svg, UTF_8)).contains("<svg", "<path");
        assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void a_warehouse_that_is_away_is_said() throws Exception {
        String elsewhere = cartlog.folder().resolve("elsewhere").toString();
        Said away = cartlog.run("report", "brands", "--data", elsewhere, "--port", "1100");
        assertThat(away.exit()).isEqualTo(1);
        assertThat(away.out()).isEmpty();
        assertThat(away.err()).contains("the warehouse did not answer");
    }

    @Test
    void what_the_data_teams_document_tells_to_type_works() throws Exception {
        List<String> commands = Readme.commands(Readme.DATA_TEAM, "./cartlog ");
        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            List<String> words = new ArrayList<>(Readme.words(command));
            words.replaceAll(word ->
                    word.matches(".*\\.(png|svg)")
                            ? cartlog.folder().resolve(word).toString()
                            : word);

            Said said = cartlog.run(words.stream().skip(1).toArray(String[]::new));

            assertThat(said.exit()).as(command + "\n" + said.out() + said.err()).isZero();
            assertThat(said.out()).as(command).isNotBlank();
        }
    }

    // S1-13
    @Test
    void psql_connects_as_the_document_says() throws Exception {
        List<String> commands = Readme.commands(Readme.DATA_TEAM, "psql ");
        assertThat(commands).isNotEmpty();
        assumeTrue(isInstalled("psql"), "skipped: psql is not installed");
        for (String command : commands) {
            assertThat(command).contains(":8087/");
            Path out = Files.createTempFile(cartlog.folder(), "psql", ".txt");
            Process shell =
                    new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    command.replace(
                                            ":8087/", ":" + (cartlog.firstPort() + 7) + "/"))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            assertThat(shell.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(shell.exitValue()).as(command + Files.readString(out)).isZero();
        }
    }

    private static boolean isInstalled(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
