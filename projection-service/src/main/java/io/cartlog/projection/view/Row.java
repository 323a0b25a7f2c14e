package io.cartlog.projection.view;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An item as it stands in the table, attribute by attribute.
public record Row(Map<String, Attribute> attributes) {

    public Key key() {
        return new Key(text(TableLayout.PK), text(TableLayout.SK));
    }

    /// @throws IllegalStateException if there is no such text
    public String text(String name) {
        String text = textOrNull(name);
        if (text == null) {
            throw new IllegalStateException("no text " + name + " in " + attributes.keySet());
        }
        return text;
    }

    public @Nullable String textOrNull(String name) {
        return attributes.get(name) instanceof Attribute.Text text ? text.value() : null;
    }

    /// @throws IllegalStateException if there is no such number
    public Attribute.Decimal number(String name) {
        return Objects.requireNonNull(
                numberOrNull(name), () -> "no number " + name + " in " + attributes.keySet());
    }

    public Attribute.@Nullable Decimal numberOrNull(String name) {
        return attributes.get(name) instanceof Attribute.Decimal number ? number : null;
    }

    /// The members of a map; none if it is not there.
    public Row group(String name) {
        return attributes.get(name) instanceof Attribute.Group group
                ? new Row(group.members())
                : new Row(Map.of());
    }

    /// The row as one text, the same for equal rows: what digests are made of.
    public String canonical() {
        return canonical(attributes);
    }

    static String canonical(Map<String, Attribute> attributes) {
        StringBuilder text = new StringBuilder(512);
        new TreeMap<>(attributes)
                .forEach((name, value) ->
                        text.append(name).append('=').append(value.canonical()).append('|'));
        return text.toString();
    }
}
