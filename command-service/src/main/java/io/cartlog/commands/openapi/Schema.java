package io.cartlog.commands.openapi;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON schema (draft 2020-12), its keywords in the order in which they were said.
record Schema(@JsonValue Map<String, Object> keywords) {
    private static final String NULL = "null";
    private static final String ANY_OF = "anyOf";
    private static final String ENUM = "enum";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String TYPE = "type";

    static Schema text() {
        return of(TYPE, "string");
    }

    /// One of these texts.
    static Schema word(String... words) {
        return text().with(ENUM, List.of(words));
    }

    static Schema integer(long least, long most) {
        return of(TYPE, "integer").with("minimum", least).with("maximum", most);
    }

    static Schema wholeNumber() {
        return of(TYPE, "integer");
    }

    static Schema number() {
        return of(TYPE, "number");
    }

    static Schema flag() {
        return of(TYPE, "boolean");
    }

    static Schema listOf(Schema items) {
        return of(TYPE, "array").with("items", items);
    }

    /// An object that has no other members than those that are named.
    static Schema object() {
        return openObject().with("additionalProperties", false);
    }

    static Schema openObject() {
        return of(TYPE, "object").with(PROPERTIES, Map.of());
    }

    /// The schema of this name among the document's components.
    static Schema ref(String name) {
        return of("$ref", "#/components/schemas/" + name);
    }

    static Schema anyOf(Schema... schemas) {
        return of(ANY_OF, List.of(schemas));
    }

    static Schema oneOf(List<Schema> schemas) {
        return of("oneOf", List.copyOf(schemas));
    }

    static Schema allOf(Schema... schemas) {
        return of("allOf", List.of(schemas));
    }

    private static Schema of(String keyword, Object value) {
        return new Schema(Map.of(keyword, value));
    }

    Schema with(String keyword, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(keywords);
        more.put(keyword, value);
        return new Schema(more);
    }

    Schema says(String description) {
        return with("description", description);
    }

    Schema example(Object value) {
        return with("examples", List.of(value));
    }

    /// With a member that an object must have.
    Schema must(String name, Schema member) {
        return may(name, member).with(REQUIRED, and(list(REQUIRED), name));
    }

    /// With a member that an object may have.
    Schema may(String name, Schema member) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) keywords.getOrDefault(PROPERTIES, Map.of()))
                .forEach((key, value) -> members.put((String) key, value));
        members.put(name, member);
        return with(PROPERTIES, members);
    }

    /// The same, or null.
    Schema orNull() {
        if (keywords.containsKey(ANY_OF)) {
            return with(ANY_OF, and(list(ANY_OF), of(TYPE, NULL)));
        }
        Schema either = with(TYPE, List.of(String.valueOf(keywords.get(TYPE)), NULL));
        return keywords.containsKey(ENUM) ? either.with(ENUM, and(list(ENUM), null)) : either;
    }

    private List<?> list(String keyword) {
        return (List<?>) keywords.getOrDefault(keyword, List.of());
    }

    private static List<Object> and(List<?> some, @Nullable Object more) {
        List<Object> all = new ArrayList<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
