package io.cartlog.cli.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
    private static final BigDecimal AMOUNT = new BigDecimal("9747747.9340");

    @Test
    void a_table_lines_up() throws IOException {
        assertThat(printed(TablePrinter::new))
                .isEqualTo(
                        """
                        sku           amount
                        ------  ------------
                        85123A  9747747.9340
                        a "b"
                        (2 rows)
                        """);
    }

    @Test
    void csv_quotes_what_needs_it() throws IOException {
        assertThat(printed(CsvPrinter::new))
                .isEqualTo("sku,amount\n85123A,9747747.9340\n\"a \"\"b\"\"\",\n");
    }

    @Test
    void json_keeps_every_digit_and_null() throws IOException {
        assertThat(printed(JsonPrinter::new))
                .isEqualTo(
                        """
                        [
                        {"sku":"85123A","amount":9747747.9340},
                        {"sku":"a \\"b\\"","amount":null}
                        ]
                        """);
    }

    @Test
    void json_without_rows_is_an_empty_array() throws IOException {
        StringWriter text = new StringWriter();
        JsonPrinter json = new JsonPrinter(new PrintWriter(text));
        json.begin(List.of("a"));
        json.end();

        assertThat(text.toString()).isEqualTo("[]\n");
    }

    @Test
    void the_place_of_an_error_is_marked() {
        assertThat(SqlPosition.shown("SELECT a,\n  b FORM c", 15))
                .isEqualTo("line 2, column 5 (position 15):\n  b FORM c\n    ^");
        assertThat(SqlPosition.shown("x", 2)).isEqualTo("line 1, column 2 (position 2):\nx\n ^");
    }

    private static String printed(Function<PrintWriter, RowPrinter> of) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        RowPrinter printer = of.apply(out);
        printer.begin(List.of("sku", "amount"));
        printer.row(Arrays.<@Nullable Object>asList("85123A", AMOUNT));
        printer.row(Arrays.<@Nullable Object>asList("a \"b\"", null));
        printer.end();
        out.flush();
        return text.toString().replace(System.lineSeparator(), "\n");
    }
}
