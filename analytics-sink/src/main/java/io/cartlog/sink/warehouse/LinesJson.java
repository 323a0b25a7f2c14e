package io.cartlog.sink.warehouse;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The column `lines`: a JSON array with the prices as text.
final class LinesJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Map<String, @Nullable Object>>> LINES =
            new TypeReference<>() {};

    private LinesJson() {}

    static String of(List<EventRow.Line> lines) {
        StringBuilder json = new StringBuilder(100 * lines.size()).append('[');
        for (EventRow.Line line : lines) {
            json.append(json.length() == 1 ? "" : ",");
            append(json, line);
        }
        return json.append(']').toString();
    }

    static List<EventRow.Line> parse(String json) {
        List<EventRow.Line> lines = new ArrayList<>();
        JSON.readValue(json, LINES).forEach(line -> lines.add(line(line)));
        return lines;
    }

    private static void append(StringBuilder json, EventRow.Line line) {
        json.append("{\"line_no\":").append(line.lineNo());
        json.append(",\"occurrence\":").append(line.occurrence());
        json.append(",\"sku\":").append(quoted(line.sku()));
        json.append(",\"category\":").append(quoted(line.category()));
        json.append(",\"quantity\":").append(line.quantity());
        json.append(",\"unit_price\":\"").append(line.unitPrice()).append("\"}");
    }

    private static String quoted(@Nullable String text) {
        return JSON.writeValueAsString(text);
    }

    private static EventRow.Line line(Map<String, @Nullable Object> line) {
        return new EventRow.Line(
                number(line, "line_no"),
                number(line, "occurrence"),
                text(line, "sku"),
                (String) line.get("category"),
                number(line, "quantity"),
                Money.of(text(line, "unit_price")));
    }

    private static int number(Map<String, @Nullable Object> line, String name) {
        return (Integer) Objects.requireNonNull(line.get(name), name);
    }

    private static String text(Map<String, @Nullable Object> line, String name) {
        return (String) Objects.requireNonNull(line.get(name), name);
    }
}
