package io.cartlog.sink.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cartlog.schemas.value.Money;
import io.cartlog.sink.row.EventRow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// The column `lines`: a JSON array with the prices as text.
final class LinesJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LinesJson() {}

    static String of(List<EventRow.Line> lines) {
        return JSON.writeValueAsString(lines.stream().map(Element::of).toList());
    }

    static List<EventRow.Line> parse(String json) {
        return Stream.of(JSON.readValue(json, Element[].class)).map(Element::line).toList();
    }

    private record Element(
            @JsonProperty("line_no") int lineNo,
            @JsonProperty("occurrence") int occurrence,
            @JsonProperty("sku") String sku,
            @JsonProperty("category") @Nullable String category,
            @JsonProperty("quantity") int quantity,
            @JsonProperty("unit_price") String unitPrice) {
        static Element of(EventRow.Line line) {
            return new Element(
                    line.lineNo(),
                    line.occurrence(),
                    line.sku(),
                    line.category(),
                    line.quantity(),
                    line.unitPrice().toString());
        }

        EventRow.Line line() {
            return new EventRow.Line(
                    lineNo, occurrence, sku, category, quantity, Money.of(unitPrice));
        }
    }
}
