package io.cartlog.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.Yaml;

/// A data contract in the words of the Open Data Contract Standard 3.1: what a topic, a lake's
/// table, a table or a view holds, column by column, made of the thing itself.
final class Contract {
    private static final int WIDTH = 150;

    private final Map<String, Object> members = new LinkedHashMap<>();
    private final List<Map<String, Object>> objects = new ArrayList<>();

    /// @param purpose why there is this data, `usage` how it is meant to be used, `limitations`
    ///   what it does not promise
    Contract(String id, String name, String purpose, String usage, String limitations) {
        members.put("apiVersion", "v3.1.0");
        members.put("kind", "DataContract");
        members.put("id", id);
        members.put("name", name);
        members.put("version", "1.0.0");
        members.put("status", "active");
        members.put("domain", "shop");
        members.put(
                "description",
                ordered("purpose", purpose, "usage", usage, "limitations", limitations));
    }

    Contract server(String name, String type, Object... more) {
        Map<String, Object> server = ordered("server", name, "type", type);
        server.putAll(ordered(more));
        list("servers").add(server);
        return this;
    }

    Contract promise(String property, Object value, String unit, String about) {
        list("slaProperties")
                .add(
                        ordered(
                                "property", property,
                                "value", value,
                                "unit", unit,
                                "driver", "analytics",
                                "description", about));
        return this;
    }

    @SuppressWarnings("unchecked") // Only #list puts lists here.
    private List<Map<String, Object>> list(String member) {
        return (List<Map<String, Object>>)
                members.computeIfAbsent(member, _ -> new ArrayList<Map<String, Object>>());
    }

    /// @param rules that hold at any time
    Contract object(
            String name,
            String physicalType,
            String about,
            List<Map<String, Object>> properties,
            List<Map<String, Object>> rules) {
        Map<String, Object> object =
                ordered(
                        "name", name.replace('.', '_'),
                        "physicalName", name,
                        "logicalType", "object",
                        "physicalType", physicalType,
                        "description", about,
                        "properties", properties);
        if (!rules.isEmpty()) {
            object.put("quality", rules);
        }
        objects.add(object);
        return this;
    }

    /// What no row breaks: the query counts those that do.
    static Map<String, Object> rule(String dimension, String about, String query) {
        return ordered(
                "type", "sql",
                "dimension", dimension,
                "description", about,
                "query", query,
                "mustBe", 0);
    }

    static Map<String, Object> column(
            String name,
            String logicalType,
            String physicalType,
            boolean required,
            @Nullable String about) {
        Map<String, Object> column =
                ordered("name", name, "logicalType", logicalType, "physicalType", physicalType);
        column.put("required", required);
        if (about != null) {
            column.put("description", about);
        }
        return column;
    }

    /// The fields of a record, and what is in them.
    static List<Map<String, Object>> avro(Schema schema) {
        return schema.getFields().stream().map(Contract::avro).toList();
    }

    private static Map<String, Object> avro(Field field) {
        boolean nullable = field.schema().isNullable();
        Map<String, Object> column = avro(field.name(), present(field.schema()), !nullable);
        if (field.doc() != null) {
            column.put("description", field.doc());
        }
        return column;
    }

    private static Map<String, Object> avro(String name, Schema schema, boolean required) {
        Map<String, Object> column =
                column(name, logicalType(schema), physicalType(schema), required, null);
        switch (schema.getType()) {
            case RECORD -> column.put("properties", avro(schema));
            case UNION ->
                    column.put(
                            "properties",
                            schema.getTypes().stream()
                                    .map(one -> avro(one.getName(), one, false))
                                    .toList());
            case ARRAY -> column.put("items", avro("item", present(schema.getElementType()), true));
            default -> {
                // Has nothing in it.
            }
        }
        return column;
    }

    private static Schema present(Schema schema) {
        if (!schema.isUnion() || !schema.isNullable()) {
            return schema;
        }
        List<Schema> others =
                schema.getTypes().stream().filter(it -> it.getType() != Schema.Type.NULL).toList();
        return others.size() == 1 ? others.getFirst() : Schema.createUnion(others);
    }

    private static String physicalType(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        String type = schema.isUnion() ? "union" : schema.getType().getName();
        return logical == null ? type : type + " " + logical.getName();
    }

    private static String logicalType(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical != null) {
            return switch (logical.getName()) {
                case "timestamp-millis", "timestamp-micros" -> "timestamp";
                case "decimal" -> "number";
                case "uuid" -> "string";
                default -> throw new AssertionError("not in a contract yet: " + logical.getName());
            };
        }
        return switch (schema.getType()) {
            case STRING, ENUM -> "string";
            case INT, LONG -> "integer";
            case BOOLEAN -> "boolean";
            case ARRAY -> "array";
            case RECORD, UNION -> "object";
            default -> throw new AssertionError("not in a contract yet: " + schema);
        };
    }

    /// The columns of a table of the lake.
    static List<Map<String, Object>> lake(List<NestedField> fields, List<String> partitions) {
        return fields.stream().map(field -> lake(field, partitions)).toList();
    }

    private static Map<String, Object> lake(NestedField field, List<String> partitions) {
        Map<String, Object> column =
                column(
                        field.name(),
                        logicalType(field.type()),
                        field.type().isPrimitiveType() ? field.type().toString() : "list",
                        field.isRequired(),
                        field.doc());
        if (partitions.contains(field.name())) {
            column.put("partitioned", true);
        }
        if (field.type() instanceof Types.ListType list) {
            column.put(
                    "items",
                    ordered(
                            "logicalType", "object",
                            "physicalType", "struct",
                            "properties",
                                    lake(list.elementType().asStructType().fields(), List.of())));
        }
        return column;
    }

    static String logicalType(Type type) {
        return switch (type.typeId()) {
            case STRING -> "string";
            case INTEGER, LONG -> "integer";
            case DECIMAL -> "number";
            case TIMESTAMP -> "timestamp";
            case LIST -> "array";
            default -> throw new AssertionError("not in a contract yet: " + type);
        };
    }

    /// Of a type as PostgreSQL names it.
    static String logicalType(String postgres) {
        return switch (postgres.replaceFirst("\\(.*\\)", "")) {
            case "character varying", "text" -> "string";
            case "smallint", "integer", "bigint" -> "integer";
            case "numeric", "double precision" -> "number";
            case "timestamp with time zone", "timestamp without time zone" -> "timestamp";
            case "date" -> "date";
            case "boolean" -> "boolean";
            case "jsonb" -> "array";
            default -> throw new AssertionError("not in a contract yet: " + postgres);
        };
    }

    private static Map<String, Object> ordered(Object... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1]);
        }
        return map;
    }

    String yaml() {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(WIDTH);
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("schema", objects);
        return "# Made by ContractsIT of what it describes; do not edit.\n"
                + new Yaml(options).dump(all);
    }
}
