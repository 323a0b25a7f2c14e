package io.cartlog.sink.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The tables under `ops/athena` have the columns of the lake. `-Dcartlog.write-ddl=true` writes
/// what they should be.
class AthenaTablesTest {
    private static final Path FOLDER = Path.of("..", "ops", "athena");

    enum Table {
        JSON(
                """
                ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
                STORED AS TEXTFILE
                """,
                ""),
        CSV(
                """
                ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
                WITH SERDEPROPERTIES ('separatorChar' = ',', 'quoteChar' = '"', 'escapeChar' = '\\0')
                STORED AS TEXTFILE
                """,
                "  'skip.header.line.count' = '1',\n"),
        PARQUET("STORED AS PARQUET\n", "");

        private final String storage;
        private final String property;

        Table(String storage, String property) {
            this.storage = storage;
            this.property = property;
        }

        Path path() {
            return FOLDER.resolve("cart_events_%s.sql".formatted(format()));
        }

        String format() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        String ddl() {
            return """
            -- What `./cartlog lake export --format %1$s` wrote, copied to s3://BUCKET/export/%1$s/.
            -- Made of the lake's schema by AthenaTablesTest; nothing has to be crawled or added.
            CREATE EXTERNAL TABLE cart_events_%1$s (
            %2$s
            )
            PARTITIONED BY (year int, month int, day int, hour int)
            %3$sLOCATION 's3://BUCKET/export/%1$s/'
            TBLPROPERTIES (
            %4$s  'projection.enabled' = 'true',
              'projection.year.type' = 'integer',
              'projection.year.range' = '2020,2099',
              'projection.month.type' = 'integer',
              'projection.month.range' = '1,12',
              'projection.month.digits' = '2',
              'projection.day.type' = 'integer',
              'projection.day.range' = '1,31',
              'projection.day.digits' = '2',
              'projection.hour.type' = 'integer',
              'projection.hour.range' = '0,23',
              'projection.hour.digits' = '2',
              'storage.location.template' =
                's3://BUCKET/export/%1$s/year=${year}/month=${month}/day=${day}/hour=${hour}/'
            );
            """
                    .formatted(format(), columns(), storage, property);
        }

        private String type(Type type) {
            return switch (this) {
                case JSON -> inJson(type);
                case CSV -> "string";
                case PARQUET -> inParquet(type);
            };
        }

        private String columns() {
            return EventSchema.SCHEMA.columns().stream()
                    .map(this::column)
                    .collect(Collectors.joining(",\n"));
        }

        private String column(NestedField field) {
            String comment = field.doc() == null ? "" : field.doc();
            String wanted = inParquet(field.type());
            String found = type(field.type());
            if (!wanted.equals(found)) {
                comment = (comment + " " + hint(found, field.type(), wanted)).strip();
            }
            return "  `%s` %s%s"
                    .formatted(
                            field.name(),
                            found,
                            comment.isEmpty()
                                    ? ""
                                    : " COMMENT '" + comment.replace("'", "\\'") + "'");
        }

        private static String hint(String found, Type type, String wanted) {
            return switch (type.typeId()) {
                case TIMESTAMP -> "from_iso8601_timestamp() makes a time of it.";
                case LIST -> found.equals("string") ? "As JSON." : "Prices are text.";
                default -> "To be cast to " + wanted + ".";
            };
        }
    }

    // S1-11, S3-13
    @ParameterizedTest
    @EnumSource
    void a_table_has_the_columns_of_the_lake(Table table) throws IOException {
        if (Boolean.getBoolean("cartlog.write-ddl")) {
            Files.createDirectories(FOLDER);
            Files.writeString(table.path(), table.ddl());
        }
        assertThat(table.path()).hasContent(table.ddl());
    }

    private static String inJson(Type type) {
        return switch (type.typeId()) {
            case TIMESTAMP, DECIMAL -> "string";
            case LIST -> "array<" + inJson(type.asListType().elementType()) + ">";
            case STRUCT -> struct(type.asStructType(), AthenaTablesTest::inJson);
            default -> inParquet(type);
        };
    }

    private static String inParquet(Type type) {
        return switch (type.typeId()) {
            case STRING -> "string";
            case INTEGER -> "int";
            case LONG -> "bigint";
            case TIMESTAMP -> "timestamp";
            case DECIMAL -> {
                Types.DecimalType decimal = (Types.DecimalType) type;
                yield "decimal(%d,%d)".formatted(decimal.precision(), decimal.scale());
            }
            case LIST -> "array<" + inParquet(type.asListType().elementType()) + ">";
            case STRUCT -> struct(type.asStructType(), AthenaTablesTest::inParquet);
            default -> throw new AssertionError("no column of the lake is a " + type);
        };
    }

    private static String struct(Types.StructType type, Function<Type, String> of) {
        return type.fields().stream()
                .map(f -> f.name() + ":" + of.apply(f.type()))
                .collect(Collectors.joining(",", "struct<", ">"));
    }
}
