package io.cartlog.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.warehouse.RowPrinter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTest {
    @TempDir private Path folder;

    static Stream<Report> drawn() {
        return Report.ALL.stream().filter(report -> report.drawing() != null);
    }

    private static Report report(String name) {
        return Report.named(name).orElseThrow();
    }

    /// Names and columns that others rely on.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    unique-visitors-per-day | day, visitors
                    brands                  | brand, views, carts, purchases, amount
                    abandoned-by-user       | account_id, product_id
                    abandoned-by-session    | session_id, product_id
                    categories-by-hour      | hour, category, events
                    categories-by-weekday   | iso_weekday, category, events
                    top-invoices            | order_id, amount
                    top-products            | sku, quantity
                    sales-by-hour           | period, sales, orders
                    sales-by-day            | period, sales, orders
                    sales-by-month          | period, sales, orders
                    sales-by-year           | period, sales, orders
                    average-sales           | period_kind, average
                    sales-by-country        | country, amount
                    customers               | account_id, orders, amount, recency_days, segment
                    """)
    void a_report_keeps_its_name_and_columns(String name, String columns) {
        assertThat(report(name).columns()).containsExactly(columns.split(", "));
    }

    @Test
    void no_two_reports_have_one_name() {
        assertThat(Report.names()).doesNotHaveDuplicates().hasSize(26);
    }

    @Test
    void a_report_asks_its_view_for_one_scope_in_order() {
        assertThat(report("top-products").sql("sales", 10, false))
                .isEqualTo(
                        "SELECT sku, quantity FROM marts.top_products WHERE scope = 'sales'"
                                + " ORDER BY rank LIMIT 10");
        assertThat(report("brands").sql("all", null, true))
                .isEqualTo("SELECT * FROM marts.brands ORDER BY views DESC, brand");
    }

    @Test
    void decimals_have_no_zeros_at_their_end_but_for_cents() throws IOException {
        StringWriter out = new StringWriter();
        ReportRows rows = new ReportRows(RowPrinter.csv(new PrintWriter(out)), false);
        rows.begin(List.of("amount"));
        for (String amount : List.of("9747747.9340", "10.0000", "0.5000", "-0.0001", "56450")) {
            rows.row(List.of(new BigDecimal(amount)));
        }
        rows.end();

        assertThat(out.toString().lines())
                .containsExactly("amount", "9747747.934", "10.00", "0.50", "-0.0001", "56450");
    }

    @ParameterizedTest
    @CsvSource({
        "2010, 2010-01-01T00:00:00Z",
        "2010-12, 2010-12-01T00:00:00Z",
        "2010-W52, 2010-12-27T00:00:00Z",
        "2010-12-09, 2010-12-09T00:00:00Z",
        "2010-12-01T08:00:00Z, 2010-12-01T08:00:00Z"
    })
    void every_way_to_name_a_period_has_a_place_on_the_axis(String period, Instant start) {
        assertThat(Charts.moment(period)).isEqualTo(start);
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void a_single_row_is_seen(Report report) throws IOException {
        Path png = folder.resolve("chart.png");

        new ChartFile(png).draw(report, "all", rows(report, 3, 1));

        assertThat(pixels(ImageIO.read(png.toFile()), 0x1f5f8b)).isGreaterThan(10);
    }

    private static long pixels(BufferedImage image, int colour) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff)
                .filter(c -> c == colour)
                .count();
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void every_report_with_figures_can_be_drawn(Report report) throws IOException {
        Path svg = folder.resolve("chart.svg");
        Path png = folder.resolve("chart.PNG");

        new ChartFile(svg).draw(report, "all", rows(report, 50));
        new ChartFile(png).draw(report, "all", rows(report, 50));

        assertThat(Files.readString(svg, UTF_8).split("<(path|line|rect|poly)"))
                .as("letters, bars, lines")
                .hasSizeGreaterThan(10);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1_200);
        assertThat(colours(image)).as("more than paper and text").hasSizeGreaterThan(10);
    }

    private static List<Integer> colours(BufferedImage image) {
        return IntStream.range(0, image.getHeight())
                .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, y)))
                .distinct()
                .boxed()
                .toList();
    }

    /// Made-up rows that look like the report's.
    private static ReportRows rows(Report report, int count) throws IOException {
        return rows(report, 0, count);
    }

    private static ReportRows rows(Report report, int first, int count) throws IOException {
        ReportRows rows = new ReportRows(RowPrinter.csv(new PrintWriter(new StringWriter())), true);
        rows.begin(report.columns());
        for (int i = first; i < first + count; i++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (String column : report.columns()) {
                values.add(value(column, i));
            }
            rows.row(values);
        }
        return rows;
    }

    private static Object value(String column, int row) {
        return switch (column) {
            case "period", "day" -> "2011-01-%02d".formatted(row % 28 + 1);
            case "week" -> "2011-W%02d".formatted(row + 1);
            case "month" -> "%d-%02d".formatted(2011 + row / 12, row % 12 + 1);
            case "country", "sku", "product_id", "brand", "account_id", "order_id" -> "name " + row;
            case "category", "segment" -> "kind " + row % 8;
            case "level", "period_kind", "status" -> "hour";
            default -> new BigDecimal(row * row);
        };
    }

    @Test
    void nothing_cannot_be_drawn() throws IOException {
        ReportRows none = rows(report("top-products"), 0);

        assertThatThrownBy(() ->
                        new ChartFile(folder.resolve("chart.svg"))
                                .draw(report("top-products"), "all", none))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("no rows");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_folder_that_is_not_there_is_said() throws IOException {
        ReportRows rows = rows(report("top-products"), 3);

        assertThatThrownBy(() ->
                        new ChartFile(folder.resolve("no/chart.png"))
                                .draw(report("top-products"), "all", rows))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("cannot be written");
    }
}
