package io.cartlog.projection.dynamodb;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import io.cartlog.projection.view.TableLayout;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Rows as the SDK has them, there and back.
final class StoredRow {
    private StoredRow() {}

    static Map<String, AttributeValue> of(Row row) {
        return stored(row.attributes());
    }

    static Map<String, AttributeValue> of(Key key) {
        return Map.of(
                TableLayout.PK, AttributeValue.fromS(key.pk()),
                TableLayout.SK, AttributeValue.fromS(key.sk()));
    }

    static Row row(Map<String, AttributeValue> item) {
        return new Row(attributes(item));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    private static Map<String, AttributeValue> stored(Map<String, Attribute> attributes) {
        Map<String, AttributeValue> stored = HashMap.newHashMap(attributes.size());
        attributes.forEach((name, value) -> stored.put(name, stored(value)));
        return stored;
    }

    private static AttributeValue stored(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text text -> AttributeValue.fromS(text.value());
            case Attribute.Decimal number -> AttributeValue.fromN(number.toString());
            case Attribute.Group group -> AttributeValue.fromM(stored(group.members()));
        };
    }

    private static Map<String, Attribute> attributes(Map<String, AttributeValue> item) {
        Map<String, Attribute> attributes = HashMap.newHashMap(item.size());
        item.forEach((name, value) -> attributes.put(name, attribute(value)));
        return attributes;
    }

    private static Attribute attribute(AttributeValue value) {
        return switch (value.type()) {
            case S -> Attribute.of(value.s());
            case N -> Attribute.of(new BigDecimal(value.n()));
            case M -> new Attribute.Group(attributes(value.m()));
            // Nobody of us writes these; as text they are seen as different.
            case B, BOOL, NUL, L, SS, NS, BS, UNKNOWN_TO_SDK_VERSION ->
                    Attribute.of(value.toString());
        };
    }
}
