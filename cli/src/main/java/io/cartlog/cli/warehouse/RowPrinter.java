package io.cartlog.cli.warehouse;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints the rows of a result as they come.
interface RowPrinter {

    void begin(List<String> columns) throws IOException;

    /// @param values as the driver gives them, null for NULL
    void row(List<@Nullable Object> values) throws IOException;

    void end() throws IOException;
}
