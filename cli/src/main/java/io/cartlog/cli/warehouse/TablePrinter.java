package io.cartlog.cli.warehouse;

import io.cartlog.cli.terminal.TextTable;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows for a person. Widths are taken from the first page; each later page is a table of its own,
/// so that a large result does not have to fit into memory.
final class TablePrinter implements RowPrinter {
    private static final int PAGE = 10_000;
    private final PrintWriter out;
    private List<String> columns = List.of();
    private TextTable page = new TextTable(List.of());
    private long rows;

    TablePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
        page = new TextTable(columns);
    }

    @Override
    public void row(List<@Nullable Object> values) {
        page.row(values.stream().map(TablePrinter::text).toList());
        rows++;
        if (rows % PAGE == 0) {
            out.println(page);
            page = new TextTable(columns);
        }
    }

    @Override
    public void end() {
        if (rows == 0 || rows % PAGE != 0) {
            out.println(page);
        }
        out.println(rows == 1 ? "(1 row)" : "(%,d rows)".formatted(rows));
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal number -> number.toPlainString();
            case Object other -> other.toString();
        };
    }
}
