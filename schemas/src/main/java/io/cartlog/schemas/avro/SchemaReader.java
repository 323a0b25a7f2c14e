package io.cartlog.schemas.avro;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Decoder;
import org.apache.avro.specific.SpecificData;
import org.jspecify.annotations.Nullable;

/// Reads what [SchemaWriter] wrote with the same schema; an older one takes Avro's own reader,
/// which knows how to get from the one to the other.
final class SchemaReader {
    private interface Part {
        @Nullable Object read(Decoder in) throws IOException;
    }

    private final SpecificData model;
    private final Part whole;

    /// @throws IllegalArgumentException if the schema has a type that is not known here
    SchemaReader(Schema schema, SpecificData model) {
        this.model = model;
        this.whole = part(schema);
    }

    /// @throws IOException if the bytes end too early
    /// @throws RuntimeException if they are not of the schema
    IndexedRecord read(Decoder in) throws IOException {
        if (whole.read(in) instanceof IndexedRecord record) {
            return record;
        }
        throw new IllegalStateException("a message that is no record");
    }

    private Part part(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ARRAY -> array(schema);
            case UNION -> union(schema);
            case ENUM -> constants(schema);
            case BYTES -> decimal(schema);
            case STRING ->
                    schema.getLogicalType() == null
                            ? Decoder::readString
                            : in -> UUID.fromString(in.readString());
            case INT -> Decoder::readInt;
            case LONG ->
                    schema.getLogicalType() == null
                            ? Decoder::readLong
                            : in -> Instant.ofEpochMilli(in.readLong());
            case BOOLEAN -> Decoder::readBoolean;
            case NULL -> _ -> null;
            case MAP, FIXED, FLOAT, DOUBLE ->
                    throw new IllegalArgumentException("values that cannot be read: " + schema);
        };
    }

    private Part record(Schema schema) {
        Class<?> type = model.getClass(schema);
        Part[] fields =
                schema.getFields().stream().map(field -> part(field.schema())).toArray(Part[]::new);
        return in -> {
            IndexedRecord record = (IndexedRecord) SpecificData.newInstance(type, schema);
            for (int i = 0; i < fields.length; i++) {
                record.put(i, fields[i].read(in));
            }
            return record;
        };
    }

    private Part array(Schema schema) {
        Part element = part(schema.getElementType());
        return in -> {
            List<@Nullable Object> elements = new ArrayList<>();
            for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
                for (long i = 0; i < left; i++) {
                    elements.add(element.read(in));
                }
            }
            return elements;
        };
    }

    private Part union(Schema schema) {
        Part[] branches = schema.getTypes().stream().map(this::part).toArray(Part[]::new);
        return in -> branches[in.readIndex()].read(in);
    }

    private Part constants(Schema schema) {
        Object[] constants = model.getClass(schema).getEnumConstants();
        return in -> constants[in.readEnum()];
    }

    private static Part decimal(Schema schema) {
        if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
            throw new IllegalArgumentException("bytes that are no amount: " + schema);
        }
        return in -> new BigDecimal(new BigInteger(bytes(in)), decimal.getScale());
    }

    private static byte[] bytes(Decoder in) throws IOException {
        ByteBuffer read = in.readBytes(null);
        byte[] bytes = new byte[read.remaining()];
        read.get(bytes);
        return bytes;
    }
}
