package io.cartlog.benchmarks.sink;

import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// The columns for records of an Avro schema as Kafka Connect's converter gives them: a record is a
/// struct, and a union of records a struct with an optional field for each of them.
final class PeerColumns {
    private int fieldId;

    private PeerColumns() {}

    static Schema of(org.apache.avro.Schema record) {
        return new Schema(new PeerColumns().fields(record));
    }

    private List<Types.NestedField> fields(org.apache.avro.Schema record) {
        return record.getFields().stream()
                .map(field -> field(field.name(), field.schema()))
                .toList();
    }

    private Types.NestedField field(String name, org.apache.avro.Schema schema) {
        int id = ++fieldId;
        return schema.isUnion()
                ? Types.NestedField.optional(id, name, union(schema))
                : Types.NestedField.required(id, name, type(schema));
    }

    private Type union(org.apache.avro.Schema schema) {
        List<org.apache.avro.Schema> branches =
                schema.getTypes().stream()
                        .filter(it -> it.getType() != org.apache.avro.Schema.Type.NULL)
                        .toList();
        return branches.size() == 1
                ? type(branches.getFirst())
                : Types.StructType.of(branches.stream().map(this::branch).toList());
    }

    private Types.NestedField branch(org.apache.avro.Schema record) {
        return Types.NestedField.optional(++fieldId, record.getName(), type(record));
    }

    private Type type(org.apache.avro.Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return Types.DecimalType.of(decimal.getPrecision(), decimal.getScale());
        }
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return Types.TimestampType.withZone();
        }
        return switch (schema.getType()) {
            case RECORD -> Types.StructType.of(fields(schema));
            case ARRAY -> Types.ListType.ofRequired(++fieldId, type(schema.getElementType()));
            case STRING, ENUM -> Types.StringType.get();
            case INT -> Types.IntegerType.get();
            case LONG -> Types.LongType.get();
            case BOOLEAN -> Types.BooleanType.get();
            default -> throw new IllegalArgumentException("no column for " + schema);
        };
    }
}
