package io.cartlog.cli.warehouse;

import io.cartlog.cli.terminal.CommandFailedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The warehouse once more, beside the real one: every row as often as is asked for, under other
/// accounts, orders and ids, in schemas of its own with the same indexes and views. The real tables
/// are only read. What a run that was killed has left is dropped by the next one.
public final class ScaledWarehouse implements AutoCloseable {
    /// What it took to answer a question.
    ///
    /// @param rows of the answer
    /// @param cost that the planner expects, in its own unit
    public record Answer(long rows, double seconds, double cost) {}

    private static final Pattern SCHEMA = Pattern.compile("\\b(warehouse|marts)\\.");
    private static final Pattern COST = Pattern.compile("cost=[\\d.]+\\.\\.([\\d.]+)");

    /// What makes two rows different gets a suffix; everything else is copied as it stands.
    private static final String TABLES =
            """
            SELECT format(
                'CREATE TABLE scaled_warehouse.%1$I AS SELECT %2$s FROM warehouse.%1$I t, '
                '(SELECT CASE n WHEN 1 THEN $$$$ ELSE $$-$$ || n END AS suffix '
                'FROM generate_series(1, TIMES) n) n',
                c.relname,
                string_agg(
                    CASE WHEN a.attname IN
                             ('account_id', 'order_id', 'event_id', 'click_id', 'session_id')
                         THEN format('CAST(t.%1$I || n.suffix AS varchar) AS %1$I', a.attname)
                         ELSE format('t.%I', a.attname) END,
                    ', ' ORDER BY a.attnum))
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'warehouse'::regnamespace AND c.relkind = 'r'
            GROUP BY c.relname
            """;

    private static final String INDEXES =
            """
            SELECT pg_get_indexdef(i.indexrelid)
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indrelid
            WHERE c.relnamespace = 'warehouse'::regnamespace
            """;

    /// In an order in which each stands behind those that it reads.
    private static final String VIEWS =
            """
            WITH RECURSIVE reads AS (
                SELECT r.ev_class AS view, d.refobjid AS other
                FROM pg_rewrite r
                JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
                    AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
            ),
            depths AS (
                SELECT oid AS view, 0 AS depth
                FROM pg_class
                WHERE relnamespace = 'marts'::regnamespace AND relkind = 'v'
                UNION
                SELECT reads.view, depths.depth + 1
                FROM reads
                JOIN depths ON depths.view = reads.other
            )
            SELECT format('CREATE VIEW marts.%I AS %s', c.relname, pg_get_viewdef(c.oid))
            FROM depths
            JOIN pg_class c ON c.oid = depths.view
            WHERE c.relnamespace = 'marts'::regnamespace
            GROUP BY c.oid, c.relname
            ORDER BY MAX(depths.depth)
            """;

    private static final String VACUUM =
            """
            SELECT format('VACUUM ANALYZE warehouse.%I', relname)
            FROM pg_class
            WHERE relnamespace = 'warehouse'::regnamespace AND relkind = 'r'
            """;

    private final Connection connection;

    private ScaledWarehouse(Connection connection) {
        this.connection = connection;
    }

    /// Makes it, which takes seconds for each million of rows.
    ///
    /// @param times how often every row stands in it
    /// @throws CommandFailedException if the warehouse does not answer
    public static ScaledWarehouse of(String url, int times) {
        try {
            ScaledWarehouse made = new ScaledWarehouse(DriverManager.getConnection(url));
            try {
                made.make(times);
                return made;
            } catch (SQLException e) {
                made.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failed("the warehouse could not be copied", e);
        }
    }

    /// @return rows of the copy of this table
    /// @throws CommandFailedException if the warehouse does not answer
    public long rows(String table) {
        return answered(
                () -> Long.parseLong(texts(here("SELECT COUNT(*) FROM " + table)).getFirst()));
    }

    /// Asks what a query asks of the real warehouse, and takes all rows of the answer.
    ///
    /// @throws CommandFailedException if the warehouse does not answer
    public Answer ask(String query) {
        return answered(() -> {
            double cost = cost(texts(here("EXPLAIN " + query)).getFirst());
            long start = System.nanoTime();
            long rows = texts(here(query)).size();
            return new Answer(rows, (System.nanoTime() - start) / 1e9, cost);
        });
    }

    /// Drops it.
    @Override
    public void close() {
        try (connection) {
            drop();
        } catch (SQLException e) {
            throw failed("the copy of the warehouse could not be dropped", e);
        }
    }

    private void make(int times) throws SQLException {
        drop();
        execute("CREATE SCHEMA scaled_warehouse");
        execute("CREATE SCHEMA scaled_marts");
        for (String table : texts(TABLES.replace("TIMES", Integer.toString(times)))) {
            execute(table);
        }
        // Without a search path, all names in a definition are whole.
        execute("SET search_path = ''");
        for (String definitions : List.of(INDEXES, VIEWS, VACUUM)) {
            for (String statement : texts(definitions)) {
                execute(here(statement));
            }
        }
    }

    private void drop() throws SQLException {
        execute("DROP SCHEMA IF EXISTS scaled_marts, scaled_warehouse CASCADE");
    }

    private static String here(String statement) {
        return SCHEMA.matcher(statement).replaceAll("scaled_$1.");
    }

    private void execute(String statement) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    /// The first column.
    private List<String> texts(String query) throws SQLException {
        try (Statement sql = connection.createStatement();
                ResultSet r = sql.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (r.next()) {
                texts.add(String.valueOf(r.getString(1)));
            }
            return texts;
        }
    }

    private static double cost(String plan) {
        Matcher cost = COST.matcher(plan);
        return cost.find() ? Double.parseDouble(cost.group(1)) : Double.NaN;
    }

    @FunctionalInterface
    private interface Question<T> {
        T answer() throws SQLException;
    }

    private static <T> T answered(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw failed("the copy of the warehouse did not answer", e);
        }
    }

    private static CommandFailedException failed(String what, SQLException e) {
        return new CommandFailedException(what + ": " + e.getMessage(), e);
    }
}
