package io.cartlog.projection.verify;

import io.cartlog.projection.view.Attribute;
import io.cartlog.projection.view.Key;
import io.cartlog.projection.view.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A key whose item is not what the log says.
///
/// @param key `PK|SK`
/// @param problem `missing`, `extra` or `different`
record Difference(
        String account,
        String key,
        String problem,
        @Nullable Map<String, Object> expected,
        @Nullable Map<String, Object> found) {

    static List<Difference> between(String account, Map<Key, Row> expected, Map<Key, Row> found) {
        List<Difference> differences = new ArrayList<>();
        TreeSet<Key> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (Key key : keys) {
            Row wanted = expected.get(key);
            Row there = found.get(key);
            if (wanted == null || !wanted.equals(there)) {
                differences.add(
                        new Difference(
                                account,
                                key.toString(),
                                problem(wanted, there),
                                json(wanted),
                                json(there)));
            }
        }
        return differences;
    }

    private static String problem(@Nullable Row expected, @Nullable Row found) {
        if (found == null) {
            return "missing";
        }
        return expected == null ? "extra" : "different";
    }

    private static @Nullable Map<String, Object> json(@Nullable Row row) {
        return row == null ? null : json(row.attributes());
    }

    private static Map<String, Object> json(Map<String, Attribute> attributes) {
        Map<String, Object> json = new TreeMap<>();
        attributes.forEach((name, value) -> json.put(name, json(value)));
        return json;
    }

    private static Object json(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Text text -> text.value();
            case Attribute.Decimal number -> number.value();
            case Attribute.Group group -> json(group.members());
        };
    }
}
