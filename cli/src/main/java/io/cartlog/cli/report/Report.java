package io.cartlog.cli.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A question, and the view that answers it.
///
/// @param name `top-products`; the view is `marts.top_products`
/// @param question as the view's comment asks it
/// @param scoped whether there are two answers: net of returns, or positive sales only
/// @param columns that are printed; the view may have more
/// @param order in which the rows are printed
/// @param drawing how they are drawn; null for lists that are no figures
public record Report(
        String name,
        String question,
        boolean scoped,
        List<String> columns,
        String order,
        @Nullable Drawing drawing) {

    /// A chart of some columns.
    ///
    /// @param series column of which each value has a line of its own; null for one line
    public record Drawing(Shape shape, String x, @Nullable String series, String y) {
        static Drawing bars(String x, String y) {
            return new Drawing(Shape.BARS, x, null, y);
        }

        static Drawing time(String x, String y) {
            return new Drawing(Shape.TIME, x, null, y);
        }

        static Drawing lines(String x, String series, String y) {
            return new Drawing(Shape.LINES, x, series, y);
        }
    }

    /// What a chart is made of.
    public enum Shape {
        /// One for each row, in the order of the rows.
        BARS,
        /// A line over time.
        TIME,
        /// Lines over whole numbers.
        LINES
    }

    /// The catalogue, in the order in which it is listed.
    public static final List<Report> ALL =
            List.of(
                    sales("hour", Drawing.time("period", "sales")),
                    sales("day", Drawing.time("period", "sales")),
                    sales("month", Drawing.bars("period", "sales")),
                    sales("year", Drawing.bars("period", "sales")),
                    scoped(
                            "sales-by-weekday",
                            "What is sold on which day of the week?",
                            "iso_weekday",
                            Drawing.bars("iso_weekday", "sales"),
                            "iso_weekday",
                            "sales",
                            "orders"),
                    scoped(
                            "sales-by-country",
                            "What is sold to which country?",
                            "amount DESC, country",
                            Drawing.bars("country", "amount"),
                            "country",
                            "amount"),
                    scoped(
                            "average-sales",
                            "What is sold in an hour, day, month, year, on average?",
                            "average",
                            Drawing.bars("period_kind", "average"),
                            "period_kind",
                            "average"),
                    scoped(
                            "top-invoices",
                            "Which invoices are the highest?",
                            "rank",
                            Drawing.bars("order_id", "amount"),
                            "order_id",
                            "amount"),
                    scoped(
                            "top-products",
                            "Which products are sold most?",
                            "rank",
                            Drawing.bars("sku", "quantity"),
                            "sku",
                            "quantity"),
                    mostSold("hour"),
                    mostSold("day"),
                    mostSold("month"),
                    mostSold("year"),
                    periodic("week"),
                    periodic("month"),
                    scoped(
                            "customers",
                            "Who are the customers, by recency, frequency and money?",
                            "amount DESC, account_id",
                            Drawing.bars("account_id", "amount"),
                            "account_id",
                            "orders",
                            "amount",
                            "recency_days",
                            "segment"),
                    scoped(
                            "customer-segments",
                            "How many customers are in which segment, and what are they worth?",
                            "amount DESC, segment",
                            Drawing.bars("segment", "customers"),
                            "segment",
                            "customers",
                            "amount"),
                    report(
                            "abandoned-by-user",
                            "What was put into a cart, by whom, and not bought?",
                            "account_id, product_id",
                            null,
                            "account_id",
                            "product_id"),
                    report(
                            "abandoned-by-session",
                            "What was put into a cart, in which visit, and not bought in that"
                                    + " visit?",
                            "session_id, product_id",
                            null,
                            "session_id",
                            "product_id"),
                    report(
                            "cart-to-purchase",
                            "How long does it take from the cart to the purchase?",
                            "level, added DESC, category",
                            null,
                            "level",
                            "category",
                            "added",
                            "bought",
                            "bought_share",
                            "average_minutes",
                            "median_minutes"),
                    report(
                            "saved-never-bought",
                            "What was saved for later and never bought?",
                            "account_id, product_id",
                            null,
                            "account_id",
                            "product_id"),
                    report(
                            "product-holders",
                            "How many accounts hold a product, by status?",
                            "accounts DESC, product_id, status",
                            null,
                            "product_id",
                            "status",
                            "accounts"),
                    report(
                            "unique-visitors-per-day",
                            "How many visitors came on each day?",
                            "day",
                            Drawing.time("day", "visitors"),
                            "day",
                            "visitors"),
                    report(
                            "brands",
                            "Which brands are looked at, bought, and need marketing?",
                            "views DESC, brand",
                            Drawing.bars("brand", "views"),
                            "brand",
                            "views",
                            "carts",
                            "purchases",
                            "amount"),
                    report(
                            "categories-by-hour",
                            "Which categories are on top at which hour of the day?",
                            "hour, events DESC, category",
                            Drawing.lines("hour", "category", "events"),
                            "hour",
                            "category",
                            "events"),
                    report(
                            "categories-by-weekday",
                            "Which categories are on top on which day of the week?",
                            "iso_weekday, events DESC, category",
                            Drawing.lines("iso_weekday", "category", "events"),
                            "iso_weekday",
                            "category",
                            "events"));

    static Optional<Report> named(String name) {
        return ALL.stream().filter(report -> report.name.equals(name)).findFirst();
    }

    static Stream<String> names() {
        return ALL.stream().map(Report::name);
    }

    String view() {
        return "marts." + name.replace('-', '_');
    }

    /// The statement that asks the view.
    ///
    /// @param scope `all` or `sales`; of no matter for what has no scopes
    /// @param limit of rows; null for all
    /// @param wide every column of the view
    public String sql(String scope, @Nullable Integer limit, boolean wide) {
        return "SELECT %s FROM %s%s ORDER BY %s%s"
                .formatted(
                        wide ? "*" : String.join(", ", columns),
                        view(),
                        scoped ? " WHERE scope = '" + scope + "'" : "",
                        order,
                        limit == null ? "" : " LIMIT " + limit);
    }

    private static Report sales(String period, Drawing drawing) {
        return scoped(
                "sales-by-" + period,
                "What was sold %s?".formatted(each(period)),
                "period",
                drawing,
                "period",
                "sales",
                "orders");
    }

    private static Report mostSold(String period) {
        return scoped(
                "most-sold-by-" + period,
                "Which product was sold most %s?".formatted(each(period)),
                "period",
                Drawing.bars("period", "quantity"),
                "period",
                "sku",
                "quantity");
    }

    private static String each(String period) {
        return (period.equals("day") ? "on each " : "in each ") + period;
    }

    private static Report periodic(String period) {
        return report(
                period + "ly-report",
                "How did each " + period + " go?",
                period,
                Drawing.time(period, "sales"),
                period,
                "orders",
                "sale_orders",
                "customers",
                "new_customers",
                "items_sold",
                "sales",
                "returned",
                "net",
                "average_order");
    }

    private static Report scoped(
            String name, String question, String order, Drawing drawing, String... columns) {
        return new Report(name, question, true, List.of(columns), order, drawing);
    }

    private static Report report(
            String name,
            String question,
            String order,
            @Nullable Drawing drawing,
            String... columns) {
        return new Report(name, question, false, List.of(columns), order, drawing);
    }
}
