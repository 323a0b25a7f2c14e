package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables of Redshift are those of PostgreSQL, with the columns in the same order.
class RedshiftTablesTest {
    private static final Pattern TABLE =
            Pattern.compile("(?s)CREATE TABLE IF NOT EXISTS (\\S+) \\(\n(.*?)\n\\)([^;]*);");

    @ParameterizedTest
    @ValueSource(strings = {"001-tables.sql", "004-quarantine.sql"})
    void tables_differ_in_json_and_in_where_rows_lie(String file) throws IOException {
        String redshift = text("redshift-" + file);
        assertThat(columns(redshift).stream().map(c -> c.replace("SUPER", "JSONB")).toList())
                .isNotEmpty()
                .isEqualTo(columns(text(file)));
        assertThat(commented(redshift)).isEqualTo(commented(text(file)));
    }

    @Test
    void rows_lie_by_account_and_time_and_small_tables_everywhere() throws IOException {
        assertThat(places(text("redshift-001-tables.sql")))
                .containsExactly(
                        "warehouse.events DISTSTYLE KEY DISTKEY (account_id)"
                                + " COMPOUND SORTKEY (recorded_at)",
                        "warehouse.order_lines DISTSTYLE KEY DISTKEY (account_id)"
                                + " COMPOUND SORTKEY (occurred_at)",
                        "warehouse.load_ledger DISTSTYLE ALL");
        assertThat(places(text("redshift-004-quarantine.sql")))
                .containsExactly("warehouse.quarantine DISTSTYLE ALL");
    }

    private static List<String> columns(String script) {
        return TABLE.matcher(script)
                .results()
                .map(t -> t.group(1) + " " + t.group(2).replaceAll("\\s+", " "))
                .toList();
    }

    private static List<String> places(String script) {
        return TABLE.matcher(script)
                .results()
                .map(t -> t.group(1) + t.group(3).replaceAll("\\s+", " "))
                .toList();
    }

    private static List<String> commented(String script) {
        Matcher comment = Pattern.compile("COMMENT ON (\\w+ \\S+) IS").matcher(script);
        return comment.results().map(c -> c.group(1)).toList();
    }

    private static String text(String file) throws IOException {
        try (var in = RedshiftTablesTest.class.getResourceAsStream("warehouse/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
        }
    }
}
