package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What is written about the warehouse: comments, the dictionary made of them, and the statements
/// of the data team's document.
@ExtendWith(Stack.class)
class DictionaryIT {
    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
    private static final Path DICTIONARY = DOCS.resolve("data-dictionary.md");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");

    private static final Pattern WINDOW =
            Pattern.compile("\\) OVER \\(([^()]* ORDER BY (?:[^()]|\\([^()]*\\))*)\\)");

    private static final Set<String> UNFRAMED = Set.of("ROW_NUMBER", "PERCENT_RANK", "LAG", "LEAD");

    private static final String COLUMNS =
            """
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname in ('marts', 'warehouse') and c.relkind in ('r', 'v')
            """;

    @Test
    void every_table_view_and_column_has_a_comment(World world) throws SQLException {
        assertThat(
                        MartRows.in(world)
                                .of(
                                        "select n.nspname || '.' || c.relname || '.' || a.attname "
                                                + COLUMNS
                                                + """
                                                and (col_description(c.oid, a.attnum) is null
                                                    or obj_description(c.oid) is null)
                                                """))
                .isEmpty();
    }

    /// With `-Dcartlog.docs=write` it is written.
    @Test
    void the_dictionary_is_what_the_comments_say(World world) throws Exception {
        String made = dictionary(MartRows.in(world));
        if ("write".equals(System.getProperty("cartlog.docs"))) {
            Files.writeString(DICTIONARY, made, UTF_8);
        }
        assertThat(Files.readString(DICTIONARY, UTF_8)).isEqualTo(made);
    }

    private static String dictionary(MartRows shop) throws SQLException {
        StringBuilder text =
                new StringBuilder(
                        """
                        # Data dictionary

                        Made by `DictionaryIT` of the comments in the database; do not edit. How to ask:
                        [data-team.md](data-team.md).
                        """);
        for (String schema : List.of("marts", "warehouse")) {
            for (String name : names(shop, schema)) {
                text.append("\n## ").append(name).append("\n\n").append(about(shop, name));
            }
        }
        return text.toString();
    }

    private static List<String> names(MartRows shop, String schema) throws SQLException {
        return shop.of(
                "select distinct n.nspname || '.' || c.relname %s and n.nspname = '%s' order by 1"
                        .formatted(COLUMNS, schema));
    }

    private static String about(MartRows shop, String name) throws SQLException {
        List<String> lines = new ArrayList<>();
        lines.addAll(shop.of("select obj_description('%s'::regclass)".formatted(name)));
        lines.add("\n| column | type | |\n|---|---|---|");
        lines.addAll(
                shop.of(
                        """
                        select '| ' || a.attname || ' | ' || format_type(a.atttypid, a.atttypmod)
                            || ' | ' || replace(col_description(c.oid, a.attnum), '|', '\\|') || ' |'
                        """
                                + COLUMNS
                                + " and c.oid = '%s'::regclass order by a.attnum".formatted(name)));
        return String.join("\n", lines) + "\n";
    }

    /// What only one of the two databases knows.
    @Test
    void the_views_are_sql_that_redshift_reads_too() throws IOException {
        String statements = withoutComments(migration());
        assertThat(statements)
                .doesNotContainPattern(
                        "(?i)\\b(filter\\s*\\(|distinct\\s+on|lateral|generate_series|isodow|"
                                + "isoyear|array|unnest|now\\(|current_timestamp|current_date|ilike any|"
                                + "make_date|date_bin|string_agg|listagg|datediff|dateadd|getdate|"
                                + "nvl|decode|create index|materialized|jsonb|using\\s*\\()")
                .doesNotContain("::", "->", "nulls first", "NULLS LAST");
        assertThat(unframed(statements)).isEmpty();
        assertThat(
                        Pattern.compile("(?<!CAST\\(|ZONE )'[^']*' AS \\w+")
                                .matcher(statements)
                                .results())
                .as("a text literal that becomes a column is cast")
                .isEmpty();
    }

    /// Windows in an order without a frame, which Redshift wants for all but rankings and offsets.
    private static List<String> unframed(String statements) {
        List<String> windows = new ArrayList<>();
        Matcher window = WINDOW.matcher(statements);
        while (window.find()) {
            String function = functionThatEndsAt(statements, window.start());
            if (!UNFRAMED.contains(function) && !window.group(1).contains(" ROWS ")) {
                windows.add(function + window.group());
            }
        }
        return windows;
    }

    private static String functionThatEndsAt(String statements, int close) {
        int depth = 1;
        int at = close;
        while (depth > 0) {
            at--;
            char c = statements.charAt(at);
            depth += c == ')' ? 1 : c == '(' ? -1 : 0;
        }
        Matcher name = Pattern.compile("\\w+$").matcher(statements.substring(0, at));
        assertThat(name.find()).isTrue();
        return name.group();
    }

    private static String migration() throws IOException {
        return migration("003-reports.sql")
                + migration("005-clicks.sql")
                + migration("006-faster-reports.sql");
    }

    private static String migration(String file) throws IOException {
        try (var in = DictionaryIT.class.getResourceAsStream("warehouse/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    private static String withoutComments(String sql) {
        return sql.lines()
                .filter(line -> !line.startsWith("--") && !line.startsWith("COMMENT ON"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void the_statements_of_the_data_teams_document_run(World world) throws Exception {
        MartRows shop = MartRows.in(world);
        List<String> statements =
                SQL.matcher(Files.readString(DOCS.resolve("data-team.md"), UTF_8))
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList();
        assertThat(statements).hasSizeGreaterThan(3);
        for (String statement : statements) {
            assertThat(shop.of(statement)).as(statement).isNotNull();
        }
    }
}
