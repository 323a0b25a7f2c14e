package io.cartlog.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Views on orders, on rows few enough to be reckoned by hand.
@ExtendWith(Stack.class)
class SalesMartsIT {

    /// Two invoices in one hour, one more on the last evening of the month, a return after it, a
    /// correction of the books, and a present.
    private static MartRows shop(World world) throws SQLException {
        return MartRows.in(world)
                .line("1", "ann", "A", 2, "10", "2026-01-30T08:26:00Z")
                .line("1", "ann", "B", 1, "5.5", "2026-01-30T08:27:00Z")
                .line("2", "guest-2", "P-A", 3, "10", "2026-01-30T08:59:59Z", "SALE", "France")
                .line("3", "bob", "B", 4, "5.5", "2026-01-31T23:30:00Z")
                .line("C4", "ann", "A", -1, "10", "2026-02-01T10:00:00Z")
                .line("A5", "ann", "BAD", 1, "100", "2026-02-01T11:00:00Z", "ADJUSTMENT", null)
                .line("6", "bob", "C", 9, "0", "2026-02-02T12:00:00Z");
    }

    // S4-12
    @Test
    void sales_of_hours_days_months_and_years_are_net_or_positive_only(World world)
            throws SQLException {
        MartRows shop = shop(world);
        assertThat(shop.of(sales("hour", "all")))
                .containsExactly(
                        "2026-01-30T08:00:00Z 55.5 2",
                        "2026-01-31T23:00:00Z 22 1",
                        "2026-02-01T10:00:00Z -10 1",
                        "2026-02-01T11:00:00Z 100 1",
                        "2026-02-02T12:00:00Z 0 1");
        assertThat(shop.of(sales("day", "sales")))
                .containsExactly("2026-01-30 55.5 2", "2026-01-31 22 1");
        assertThat(shop.of(sales("month", "all")))
                .containsExactly("2026-01 77.5 3", "2026-02 90 3");
        assertThat(shop.of(sales("month", "sales"))).containsExactly("2026-01 77.5 3");
        assertThat(shop.of(sales("year", "all"))).containsExactly("2026 167.5 6");
    }

    private static String sales(String period, String scope) {
        return "select period, sales, orders from marts.sales_by_%s where scope = '%s' order by 1"
                .formatted(period, scope);
    }

    @Test
    void an_order_whose_lines_lie_in_two_hours_is_one_order_of_the_day(World world)
            throws SQLException {
        MartRows shop =
                MartRows.in(world)
                        .line("1", "ann", "A", 1, "1", "2026-01-30T08:59:00Z")
                        .line("1", "ann", "A", 1, "1", "2026-01-30T09:00:00Z");
        assertThat(shop.of(sales("hour", "all")))
                .containsExactly("2026-01-30T08:00:00Z 1 1", "2026-01-30T09:00:00Z 1 1");
        assertThat(shop.of(sales("day", "all"))).containsExactly("2026-01-30 2 1");
    }

    // S4-12
    @Test
    void averages_are_of_periods_with_orders_and_of_all_periods(World world) throws SQLException {
        MartRows shop = shop(world);
        assertThat(
                        shop.of(
                                """
                                select period_kind, average, periods, average_of_all, all_periods
                                from marts.average_sales where scope = 'all' order by average
                                """))
                .containsExactly(
                        "hour 33.5 5 2.1753 77",
                        "day 41.875 4 41.875 4",
                        "month 83.75 2 83.75 2",
                        "year 167.5 1 167.5 1");
        assertThat(
                        shop.of(
                                """
                                select average, periods, average_of_all, all_periods
                                from marts.average_sales
                                where scope = 'sales' and period_kind = 'hour'
                                """))
                .containsExactly("38.75 2 1.9375 40");
    }

    @Test
    void sales_by_weekday_and_country(World world) throws SQLException {
        MartRows shop = shop(world);
        assertThat(
                        shop.of(
                                """
                                select iso_weekday, sales, orders from marts.sales_by_weekday
                                where scope = 'all' order by 1
                                """))
                .containsExactly("1 0 1", "5 55.5 2", "6 22 1", "7 90 2");
        assertThat(
                        shop.of(
                                """
                                select country, amount, orders from marts.sales_by_country
                                where scope = 'all' order by amount, country
                                """))
                .containsExactly("France 30 1", "Norway 37.5 4", "- 100 1");
    }

    // S4-14
    @Test
    void the_highest_invoices_come_first_and_equals_by_number(World world) throws SQLException {
        MartRows shop = shop(world).line("0", "bob", "B", 4, "5.5", "2026-01-31T23:30:00Z");
        assertThat(
                        shop.of(
                                """
                                select rank, order_id, amount, account_id from marts.top_invoices
                                where scope = 'sales' order by rank
                                """))
                .containsExactly("1 2 30 -", "2 1 25.5 ann", "3 0 22 bob", "4 3 22 bob");
    }

    // S1-14, S4-13
    @Test
    void two_spellings_of_a_product_are_one_product(World world) throws SQLException {
        MartRows shop = shop(world);
        assertThat(
                        shop.of(
                                """
                                select rank, sku, quantity, amount, description
                                from marts.top_products where scope = 'all' order by rank
                                """))
                .containsExactly(
                        "1 C 9 0 name of C",
                        "2 B 5 27.5 name of B",
                        "3 A 4 40 name of A",
                        "4 BAD 1 100 name of BAD");
        assertThat(
                        shop.of(
                                """
                                select sku, quantity from marts.top_products
                                where scope = 'sales' order by rank
                                """))
                .containsExactly("A 5", "B 5");
    }

    // S4-13
    @Test
    void the_most_sold_product_of_each_period(World world) throws SQLException {
        MartRows shop = shop(world);
        assertThat(mostSold(shop, "hour", "sales"))
                .containsExactly("2026-01-30T08:00:00Z A 5", "2026-01-31T23:00:00Z B 4");
        assertThat(mostSold(shop, "day", "all"))
                .containsExactly(
                        "2026-01-30 A 5", "2026-01-31 B 4", "2026-02-01 BAD 1", "2026-02-02 C 9");
        assertThat(mostSold(shop, "month", "all"))
                .as("of equals the first by name")
                .containsExactly("2026-01 A 5", "2026-02 C 9");
        assertThat(mostSold(shop, "year", "all")).containsExactly("2026 C 9");
    }

    private static List<String> mostSold(MartRows shop, String period, String scope)
            throws SQLException {
        return shop.of(
                "select period, sku, quantity from marts.most_sold_by_%s where scope = '%s' order by 1"
                        .formatted(period, scope));
    }

    @Test
    void weeks_and_months_show_sales_returns_and_new_customers(World world) throws SQLException {
        MartRows shop = shop(world).line("7", "cat", "A", 1, "10", "2026-02-03T10:00:00Z");
        String columns =
                "orders, sale_orders, customers, new_customers, items_sold, sales, returned, net,"
                        + " average_order";
        assertThat(shop.of("select week, " + columns + " from marts.weekly_report order by 1"))
                .containsExactly(
                        "2026-W05 5 3 2 2 10 77.5 -10 167.5 25.8333",
                        "2026-W06 2 1 2 1 1 10 0 10 10");
        assertThat(shop.of("select month, " + columns + " from marts.monthly_report order by 1"))
                .containsExactly(
                        "2026-01 3 3 2 2 10 77.5 0 77.5 25.8333",
                        "2026-02 4 1 3 1 1 10 -10 100 10");
    }

    // S4-15
    @Test
    void customers_are_scored_by_fifths_and_named_by_the_scores(World world) throws SQLException {
        MartRows shop = MartRows.in(world);
        buys(shop, "always", 10, "2026-03-31");
        buys(shop, "before", 6, "2026-01-01");
        buys(shop, "fresh", 1, "2026-03-30");
        buys(shop, "steady", 3, "2026-03-01");
        buys(shop, "gone", 1, "2025-12-01");
        shop.line("guest", "guest-1", "A", 99, "10", "2026-04-10T00:00:00Z");
        assertThat(
                        shop.of(
                                """
                                select account_id, orders, amount, recency_days, segment
                                from marts.customers where scope = 'sales' order by account_id
                                """))
                .containsExactly(
                        "always 10 100 0 champion",
                        "before 6 60 89 at-risk",
                        "fresh 1 10 1 new",
                        "gone 1 10 120 lost",
                        "steady 3 30 30 loyal");
    }

    private static void buys(MartRows shop, String account, int times, String day)
            throws SQLException {
        for (int i = 0; i < times; i++) {
            shop.line(account + i, account, "A", 1, "10", day + "T10:00:00Z");
        }
    }

    // S1-17
    @Test
    void returns_and_corrections_are_a_fact_of_their_own(World world) throws SQLException {
        assertThat(
                        shop(world)
                                .of(
                                        """
                                        select order_id, kind, quantity, amount
                                        from marts.returns order by order_id
                                        """))
                .containsExactly("A5 ADJUSTMENT 1 100", "C4 RETURN -1 -10");
    }

    @Test
    void a_customer_has_the_country_of_the_newest_order(World world) throws SQLException {
        MartRows shop = shop(world).event("dan", 1, "ItemAdded", "2026-01-01T00:00:00Z", "A");
        assertThat(
                        shop.of(
                                """
                                select account_id, country, orders,
                                    first_seen_at at time zone 'UTC',
                                    last_ordered_at at time zone 'UTC'
                                from marts.dim_customer order by account_id
                                """))
                .containsExactly(
                        "ann Norway 3 2026-01-30 08:26:00.0 2026-02-01 11:00:00.0",
                        "bob Norway 2 2026-01-31 23:30:00.0 2026-02-02 12:00:00.0",
                        "dan - 0 2026-01-01 00:00:00.0 -");
    }

    @Test
    void a_product_has_its_commonest_name_category_and_brand(World world) throws SQLException {
        MartRows shop =
                shop(world)
                        .line("8", "ann", "A", 1, "1", "2026-01-30T08:26:00Z")
                        .event("ann", 2, "ItemAdded", "2026-01-01T00:00:00Z", "D", 1, "a.b.c")
                        .click("ann", "s", "view", "2026-01-01T00:00:00Z", "D", "acme");
        assertThat(
                        shop.of(
                                """
                                select product_id, description, category, brand
                                from marts.dim_product where product_key in ('A', 'D') order by 1
                                """))
                .containsExactly("A name of A TV -", "D - TV acme");
        assertThat(shop.of("select * from marts.dim_category order by 1"))
                .containsExactly("TV TV - - 5");
    }

    @Test
    void days_know_their_iso_weeks(World world) throws SQLException {
        assertThat(
                        MartRows.in(world)
                                .of(
                                        """
                                        select * from marts.dim_date
                                        where day in ('2009-01-01', '2011-01-02', '2040-12-31')
                                        order by day
                                        """))
                .containsExactly(
                        "2009-01-01 2009 1 1 January 2009-W01 2008-12-29 4 Thursday false",
                        "2011-01-02 2011 1 1 January 2010-W52 2010-12-27 7 Sunday true",
                        "2040-12-31 2040 4 12 December 2041-W01 2040-12-31 1 Monday false");
    }
}
