package io.cartlog.cli.report;

import io.cartlog.cli.warehouse.RowPrinter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hands the rows on, decimals as people write them: no zeros at their end but for two. Keeps them
/// too, if they are to be drawn.
final class ReportRows implements RowPrinter {
    private static final int CENTS = 2;
    private final RowPrinter printer;
    private final boolean keeps;
    private final List<List<@Nullable Object>> kept = new ArrayList<>();
    private List<String> columns = List.of();

    ReportRows(RowPrinter printer, boolean keeps) {
        this.printer = printer;
        this.keeps = keeps;
    }

    @Override
    public void begin(List<String> names) throws IOException {
        columns = names;
        printer.begin(names);
    }

    @Override
    public void row(List<@Nullable Object> values) throws IOException {
        List<@Nullable Object> shown = new ArrayList<>(values);
        shown.replaceAll(ReportRows::shown);
        printer.row(shown);
        if (keeps) {
            kept.add(shown);
        }
    }

    private static @Nullable Object shown(@Nullable Object value) {
        if (!(value instanceof BigDecimal number) || number.scale() <= CENTS) {
            return value;
        }
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(CENTS, shortest.scale()));
    }

    @Override
    public void end() throws IOException {
        printer.end();
    }

    int size() {
        return kept.size();
    }

    /// @return the values of a column, row by row
    List<@Nullable Object> column(String name) {
        int at = columns.indexOf(name);
        List<@Nullable Object> values = new ArrayList<>();
        kept.forEach(row -> values.add(row.get(at)));
        return values;
    }
}
