package io.cartlog.sink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views on two public files, compared with answers that somebody else has reckoned. The files
/// are no part of the repository; without them these tests are skipped.
@ExtendWith(Stack.class)
class AnswersIT {
    private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

    /// What the warehouse has of the rows once they have gone through the log.
    private static final String RETAIL_LINES =
            """
            insert into warehouse.order_lines
            select InvoiceNo, row_number() over (partition by InvoiceNo order by n),
                coalesce(split_part(CustomerID, '.', 1), 'guest-' || InvoiceNo), StockCode,
                Description, null, Quantity::integer, UnitPrice::numeric,
                Quantity::integer * UnitPrice::numeric, Country,
                to_timestamp(InvoiceDate || ' +00', 'MM/DD/YYYY HH24:MI TZH'), now(),
                case when InvoiceNo like 'C%' then 'RETURN'
                    when InvoiceNo like 'A%' or Quantity::integer < 0 then 'ADJUSTMENT'
                    else 'SALE' end,
                'event-' || n, n, 0, n
            from warehouse.retail
            """;

    private static final String CLICKS =
            """
            insert into warehouse.clicks
            select 'click-' || n, user_id, user_session, event_type, event_time::timestamptz, now(),
                product_id, category_id, category_code, brand, price::numeric,
                case when event_type <> 'view' then 'click-' || n end, 0, n
            from warehouse.behaviour
            """;

    private static final String CART_EVENTS =
            """
            insert into warehouse.events
            select 'event-' || n, user_id, n, 'click-' || n,
                case event_type when 'cart' then 'ItemAdded'
                    when 'purchase' then 'PurchaseRecorded' else 'ItemRemoved' end,
                event_time::timestamptz, now(), 'order-' || n, null, null, product_id, null,
                category_code, 1, price::numeric, null, null, null, null, 0, n
            from warehouse.behaviour
            where event_type <> 'view'
            """;

    private static final String PURCHASES =
            """
            insert into warehouse.order_lines
            select 'order-' || n, 1, user_id, product_id, null, category_code, 1, price::numeric,
                price::numeric, null, event_time::timestamptz, now(), 'SALE', 'event-' || n, n, 0, n
            from warehouse.behaviour
            where event_type = 'purchase'
            """;

    private MartRows shop;

    @BeforeEach
    void anEmptyWarehouse(World world) throws SQLException {
        shop = MartRows.in(world);
    }

    // S1-16, S4-12, S4-13, S4-19
    @Test
    void the_retail_file() throws Exception {
        load("retail", "online-retail/data.csv.gz", Long.MAX_VALUE);
        shop.execute(RETAIL_LINES);
        shop.execute("analyze warehouse.order_lines");
        for (String period : List.of("month", "year")) {
            load(period + "s", "answers/online-retail/revenue_by_" + period + ".csv", 99);
            assertSame(
                    """
                    select period, lines, orders, sales, quantity from marts.sales_by_%s
                    where scope = 'all' order by period
                    """
                            .formatted(period),
                    """
                    select %1$s, rows_all, invoices_all, net_amount_all::numeric, net_quantity_all
                    from warehouse.%1$ss order by 1
                    """
                            .formatted(period));
            assertSame(
                    """
                    select period, lines, orders, sales, quantity from marts.sales_by_%s
                    where scope = 'sales' order by period
                    """
                            .formatted(period),
                    """
                    select %1$s, sales_rows, sales_invoices, sales_amount::numeric, sales_quantity
                    from warehouse.%1$ss order by 1
                    """
                            .formatted(period));
        }
        load("top", "answers/online-retail/top10_products_overall.csv", 99);
        assertSame(
                """
                select scope, rank, sku, quantity, amount, description
                from marts.top_products where rank <= 10 order by scope, rank
                """,
                """
                select scope, rank, stock_code, quantity, amount::numeric, commonest_description
                from warehouse.top order by scope, rank::integer
                """);
        assertSummary();
    }

    // S1-17, S4-14, S4-15
    private void assertSummary() throws Exception {
        String answers =
                Files.readString(DATA.resolve("answers/online-retail/summary.json"), UTF_8);
        shop.execute("create table warehouse.summary(a jsonb)");
        shop.execute(
                "insert into warehouse.summary values ('"
                        + answers.replace("'", "''")
                        + "'::jsonb)");
        assertSummary("count(*) from marts.sales_by_country where scope = 'all'", "countries");
        assertSummary("count(*) from marts.sales_by_day where scope = 'all'", "distinct_days");
        assertSummary("count(*) from marts.top_invoices where scope = 'all'", "distinct_invoices");
        assertSummary("count(*) from marts.top_invoices where scope = 'sales'", "sales_invoices");
        assertSummary("count(*) from marts.customers where scope = 'all'", "distinct_customers");
        assertSummary("count(*) from marts.customers where scope = 'sales'", "sales_customers");
        assertSummary(
                "sum(amount) from marts.customers where scope = 'sales'",
                "sales_amount_with_customer");
        assertSummary("count(*) from marts.dim_product", "distinct_stock_codes");
        assertSummary("count(*) from marts.returns where kind = 'RETURN'", "rows_C");
        assertSummary("sum(amount) from marts.returns where kind = 'RETURN'", "cancelled_amount");
        assertSummary("sum(sales) from marts.monthly_report", "sales_amount");
        assertSummary("sum(net) from marts.weekly_report", "net_amount_all");
        assertSummary(
                "sum(average * periods) from marts.average_sales"
                        + " where scope = 'all' and period_kind = 'year'",
                "net_amount_all");
        assertSummary("sum(lines) from marts.orders", "rows");
    }

    private void assertSummary(String view, String answer) throws Exception {
        assertSame(
                "select cast(v.v as numeric) from (select " + view + ") v(v)",
                "select cast(a->>'" + answer + "' as numeric) from warehouse.summary");
    }

    // S2-09 to S2-12
    @Test
    void the_first_thousand_rows_of_the_behaviour_file() throws Exception {
        load("behaviour", "behaviour/2019-Oct-17435.csv.gz", 1_000);
        for (String rows : List.of(CLICKS, CART_EVENTS, PURCHASES)) {
            shop.execute(rows);
        }
        answer("brands");
        assertSame(
                """
                select brand, views, carts, purchases, amount, visitors from marts.brands
                order by brand
                """,
                """
                select brand, views, carts, purchases, purchase_amount::numeric, unique_users
                from warehouse.brands order by brand
                """);
        answer("categories_by_hour_of_day");
        assertSame(
                """
                select hour, category, events, views, carts, purchases
                from marts.categories_by_hour order by 1, 2
                """,
                """
                select hour_of_day_utc, category_code, events, views, carts, purchases
                from warehouse.categories_by_hour_of_day order by 1, 2
                """);
        answer("unique_visitors_per_day");
        assertSame(
                "select day, visitors, actions, buyers from marts.unique_visitors_per_day",
                """
                select day_utc, unique_users, events, unique_buyers
                from warehouse.unique_visitors_per_day
                """);
        answer("cart_not_purchased_by_user");
        assertSame(
                """
                select account_id, product_id, first_added_at, category
                from marts.abandoned_by_user order by 1
                """,
                """
                select user_id, product_id, first_cart_ts_utc::timestamptz, category_code
                from warehouse.cart_not_purchased_by_user order by 1
                """);
        assertThat(shop.of("select count(*), sum(actions) from marts.sessions"))
                .as("unique_sessions, good_rows")
                .containsExactly("372 1000");
        assertThat(shop.of("select count(*) from marts.abandoned_by_session"))
                .as("cart_session_product_pairs_never_purchased_in_session")
                .containsExactly("2");
    }

    private void answer(String name) throws IOException, SQLException {
        load(name, "answers/behaviour-first-1000/" + name + ".csv", Long.MAX_VALUE);
    }

    private void assertSame(String view, String answer) throws Exception {
        assertThat(shop.of(view)).isNotEmpty().isEqualTo(shop.of(answer));
    }

    /// The rows as text in a table with the columns of the file's header, and their number `n`.
    /// Only one of the files is not plain ASCII, and that one is in ISO 8859-1.
    private void load(String table, String file, long limit) throws IOException, SQLException {
        Path path = DATA.resolve(file);
        assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(open(path), ISO_8859_1))) {
            String columns = reader.readLine();
            shop.execute(
                    "create table warehouse.%s(%s, n bigint generated always as identity)"
                            .formatted(
                                    table,
                                    Stream.of(columns.split(","))
                                            .map(column -> column + " text")
                                            .collect(Collectors.joining(", "))));
            String rows = table + "(" + columns + ")";
            assertThat(
                            limit == Long.MAX_VALUE
                                    ? shop.copy(rows, reader)
                                    : shop.copy(rows, first(reader, limit)))
                    .isPositive();
        }
    }

    private static StringReader first(BufferedReader reader, long limit) {
        return new StringReader(reader.lines().limit(limit).collect(Collectors.joining("\n")));
    }

    private static InputStream open(Path path) throws IOException {
        InputStream file = Files.newInputStream(path);
        return path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
    }
}
