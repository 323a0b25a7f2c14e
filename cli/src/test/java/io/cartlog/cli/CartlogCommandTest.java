package io.cartlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.stack.EnvironmentVariables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CartlogCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine cartlog =
            CartlogCommand.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true));

    static Stream<String> commands() {
        return commands("", CartlogCommand.commandLine()).skip(1);
    }

    private static Stream<String> commands(String name, CommandLine command) {
        return Stream.concat(
                Stream.of(name.strip()),
                command.getSubcommands().entrySet().stream()
                        .flatMap(e -> commands(name + " " + e.getKey(), e.getValue())));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_helps_and_names_the_exit_codes(String command) {
        assertThat(cartlog.execute((command + " --help").split(" "))).isZero();

        assertThat(out.toString())
                .startsWith("Usage: cartlog " + command)
                .contains("--version", "Exit codes:", "0   done", "3   it ran");
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "load retail",
                "load behaviour",
                "load cart",
                "load generated",
                "import put",
                "import run",
                "import list",
                "import status",
                "events",
                "sql",
                "report",
                "reconcile",
                "token",
                "bench rebuild",
                "bench reports",
                "bench sink",
                "views rebuild",
                "views status",
                "views diff",
                "views verify",
                "views promote",
                "dlq list",
                "dlq show",
                "dlq retry",
                "dlq skip",
                "lake export",
                "lake expire",
            })
    void what_takes_options_shows_examples(String command) {
        cartlog.execute((command + " --help").split(" "));

        assertThat(out.toString()).contains("Examples:", "./cartlog " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--no-such-option",
                "no-such-command",
                "views",
                "lake",
                "lake export --format json",
                "lake export --format xml --to x",
                "lake export --format json --to src",
                "lake expire --older-than soon",
                "views rebuild --from 2026-01-01",
                "views rebuild --budget -1",
                "views rebuild --max-change -1",
                "views rebuild --promote perhaps",
                "views verify --sample 0",
                "dlq",
                "dlq show",
                "dlq show 17",
                "dlq show 2@17 --account 17850",
                "dlq list --output csv",
                "dlq retry here",
                "dlq skip 2@17",
                "dlq skip 2@17 --why= --by=me",
                "sink",
                "sink status --output csv",
                "sink failed some-file",
                "sink retry one-file another-file",
                "warehouse",
                "warehouse rebuild events",
                "load",
                "load retail",
                "load retail data.csv --limit 0",
                "load retail data.csv --limit many",
                "load retail data.csv --lanes 0",
                "load retail data.csv --encoding no-such-encoding",
                "load behaviour",
                "load behaviour data.csv --limit 0",
                "load cart",
                "load cart data.csv --limit 0",
                "import",
                "import put",
                "import put data.csv --as /data.csv",
                "import status",
                "import list --output csv",
                "import run --every 0",
                "import run --range 1",
                "import run --part 0",
                "import run --lanes 0",
                "load generated --commands 0",
                "load generated --accounts 1 --commands 5000",
                "events --from -1",
                "events --account -",
                "events --output csv",
                "sql",
                "sql select --output xml",
                "report no-such-report",
                "report --limit 5",
                "report brands --scope sales",
                "report brands --output table",
                "report top-products --limit 0",
                "report top-products --scope some",
                "report top-products --chart chart.gif",
                "report abandoned-by-user --chart chart.png",
                "demo --limit 0",
                "demo --port 80",
                "demo --port eighty",
                "reconcile --output table",
                "token",
                "token --scope admin",
                "token --account #",
            })
    void a_slip_of_the_pen_is_a_usage_error(String line) {
        String[] args = line.isEmpty() ? new String[0] : line.split(" ");

        assertThat(cartlog.execute(args)).as(line).isEqualTo(2);

        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void the_version_is_printed() {
        assertThat(cartlog.execute("--version")).isZero();

        assertThat(out.toString()).startsWith("cartlog ").contains("Java 25");
    }

    @Test
    void a_variable_that_nobody_knows_is_an_error_that_names_those_that_are_known() {
        Map<String, String> environment =
                Map.of("CARTLOG_DATE", "x", "CARTLOG_PORT", "1", "PATH", "");

        assertThatThrownBy(() -> EnvironmentVariables.check(environment.keySet()))
                .hasMessageContaining("CARTLOG_DATE")
                .hasMessageContaining("CARTLOG_DATA, CARTLOG_PORT");
    }

    @Test
    void settings_of_the_services_are_handed_on() {
        EnvironmentVariables.check(
                List.of(
                        "CARTLOG_HOME",
                        "CARTLOG_DYNAMODB",
                        "CARTLOG_DYNAMODB_TABLE",
                        "CARTLOG_TOKENS_LIFETIME",
                        "CARTLOG_LIMITS_QUANTITY",
                        "CARTLOG_JAVA_OPTS_LOCAL_STACK"));
    }
}
