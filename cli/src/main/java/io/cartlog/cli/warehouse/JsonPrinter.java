package io.cartlog.cli.warehouse;

import io.cartlog.cli.terminal.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An array with one object a line. Numbers are JSON numbers with all their digits, truth values
/// are true and false, NULL is null, everything else is text.
final class JsonPrinter implements RowPrinter {
    private final PrintWriter out;
    private List<String> columns = List.of();
    private boolean first = true;

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
        out.print("[");
    }

    @Override
    public void row(List<@Nullable Object> values) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            object.put(columns.get(i), json(values.get(i)));
        }
        out.print(first ? "\n" : ",\n");
        out.print(Json.line(object));
        first = false;
    }

    private static @Nullable Object json(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Number number -> number;
            case Boolean truth -> truth;
            case Object other -> other.toString();
        };
    }

    @Override
    public void end() {
        out.println(first ? "]" : "\n]");
        out.flush();
    }
}
