package io.cartlog.sink.export;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Rows as lines of text. Times are ISO-8601 in UTC with milliseconds; amounts are decimals, in
/// JSON as text, so that nobody reads them as floats.
public final class RowText {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private RowText() {}

    /// One object with every column, those without a value as null.
    public static String json(EventRow row) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        Column.ALL.forEach(c -> object.put(c.name(), jsonValue(c.value().apply(row))));
        return JSON.writeValueAsString(object);
    }

    /// The names of the columns.
    static String csvHeader() {
        return Column.ALL.stream().map(Column::name).collect(Collectors.joining(","));
    }

    /// RFC 4180; no value is an empty field, the lines of an order are JSON.
    static String csv(EventRow row) {
        return Column.ALL.stream()
                .map(c -> csvField(c.value().apply(row)))
                .collect(Collectors.joining(","));
    }

    private static @Nullable Object jsonValue(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant time -> TIME.format(time);
            case Money money -> money.toString();
            case List<?> lines -> lines.stream().map(l -> line((EventRow.Line) l)).toList();
            case Object other -> other;
        };
    }

    private static Map<String, @Nullable Object> line(EventRow.Line line) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("line_no", line.lineNo());
        object.put("occurrence", line.occurrence());
        object.put("sku", line.sku());
        object.put("category", line.category());
        object.put("quantity", line.quantity());
        object.put("unit_price", line.unitPrice().toString());
        return object;
    }

    private static String csvField(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        Object plain = Objects.requireNonNull(jsonValue(value));
        String text = plain instanceof List<?> ? JSON.writeValueAsString(plain) : plain.toString();
        return mustBeQuoted(text) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean mustBeQuoted(String text) {
        return text.isEmpty() || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    }
}
