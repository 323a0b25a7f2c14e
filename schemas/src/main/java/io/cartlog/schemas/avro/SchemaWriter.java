package io.cartlog.schemas.avro;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/// Writes values of a schema. What the schema says of each place is looked up once, when the writer
/// is made; Avro's own writer looks it up again for every value.
///
/// Knows the types that our schemas have, and no other.
final class SchemaWriter {
    private interface Part {
        void write(@Nullable Object value, Bytes out);
    }

    private record Branch(int index, Part part) {
        void write(@Nullable Object value, Bytes out) {
            part.write(value, out.number(index));
        }
    }

    private final SpecificData model;
    private final Part whole;

    /// @throws IllegalArgumentException if the schema has a type that is not known here
    SchemaWriter(Schema schema, SpecificData model) {
        this.model = model;
        this.whole = part(schema);
    }

    void write(IndexedRecord value, Bytes out) {
        whole.write(value, out);
    }

    private Part part(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ARRAY -> array(schema);
            case UNION -> union(schema);
            case BYTES -> decimal(schema);
            case ENUM -> (value, out) -> out.number(place(schema, present(value)));
            case STRING -> (value, out) -> out.text(present(value).toString());
            case INT -> (value, out) -> out.number((Integer) present(value));
            case LONG ->
                    schema.getLogicalType() == null ? SchemaWriter::number : SchemaWriter::time;
            case BOOLEAN -> (value, out) -> out.put((byte) ((Boolean) present(value) ? 1 : 0));
            case NULL -> (_, _) -> {};
            case MAP, FIXED, FLOAT, DOUBLE ->
                    throw new IllegalArgumentException("values that cannot be written: " + schema);
        };
    }

    private static int place(Schema constants, Object value) {
        return constants.getEnumOrdinal(value.toString());
    }

    private Part record(Schema schema) {
        Part[] fields =
                schema.getFields().stream().map(field -> part(field.schema())).toArray(Part[]::new);
        return (value, out) -> {
            IndexedRecord record = (IndexedRecord) present(value);
            for (int i = 0; i < fields.length; i++) {
                fields[i].write(record.get(i), out);
            }
        };
    }

    /// In one block, or none if there is nothing in it.
    private Part array(Schema schema) {
        Part element = part(schema.getElementType());
        return (value, out) -> {
            List<?> elements = (List<?>) present(value);
            if (!elements.isEmpty()) {
                out.number(elements.size());
                elements.forEach(it -> element.write(it, out));
            }
            out.number(0);
        };
    }

    private Part union(Schema schema) {
        Map<@Nullable Class<?>, Branch> branches = new HashMap<>();
        for (int i = 0; i < schema.getTypes().size(); i++) {
            Schema type = schema.getTypes().get(i);
            branches.put(written(type), new Branch(i, part(type)));
        }
        return (value, out) -> {
            Branch branch = branches.get(value == null ? null : value.getClass());
            if (branch == null) {
                throw new IllegalArgumentException("a value that is none of " + schema);
            }
            branch.write(value, out);
        };
    }

    /// The class of a type's values in a union.
    private @Nullable Class<?> written(Schema type) {
        return switch (type.getType()) {
            case NULL -> null;
            case RECORD -> model.getClass(type);
            case STRING -> String.class;
            case INT -> Integer.class;
            case BYTES -> BigDecimal.class;
            case LONG -> type.getLogicalType() == null ? Long.class : Instant.class;
            case ARRAY, BOOLEAN, DOUBLE, ENUM, FIXED, FLOAT, MAP, UNION ->
                    throw new IllegalArgumentException("a union that cannot be written: " + type);
        };
    }

    private static Part decimal(Schema schema) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            throw new IllegalArgumentException("bytes that are no amount: " + schema);
        }
        return (value, out) ->
                out.counted(
                        ((BigDecimal) present(value))
                                .setScale(decimal.getScale())
                                .unscaledValue()
                                .toByteArray());
    }

    private static void number(@Nullable Object value, Bytes out) {
        out.number((Long) present(value));
    }

    private static void time(@Nullable Object value, Bytes out) {
        out.number(((Instant) present(value)).toEpochMilli());
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("a message lacks a value");
        }
        return value;
    }
}
