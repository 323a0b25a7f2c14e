package io.cartlog.cli.warehouse;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the rows of a result as they come.
public interface RowPrinter {

    /// For a person: columns line up, the number of rows at the end.
    static RowPrinter table(PrintWriter out) {
        return new TablePrinter(out);
    }

    /// A header and rows as RFC 4180 has them.
    static RowPrinter csv(PrintWriter out) {
        return new CsvPrinter(out);
    }

    /// An array of objects.
    static RowPrinter json(PrintWriter out) {
        return new JsonPrinter(out);
    }

    void begin(List<String> columns) throws IOException;

    /// @param values as the driver gives them, null for NULL
    void row(List<@Nullable Object> values) throws IOException;

    void end() throws IOException;
}
