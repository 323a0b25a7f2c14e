package io.cartlog.sink;

import io.cartlog.schemas.value.Money;
import io.cartlog.sink.iceberg.EventTable;
import io.cartlog.sink.iceberg.StoredFile;
import io.cartlog.sink.row.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Redshift's statements are to PostgreSQL: those few things that only Redshift knows. COPY of
/// a manifest becomes an insert of the rows in its files, or the error that Redshift documents.
final class RedshiftSql implements UnaryOperator<String> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern COPY =
            Pattern.compile(
                    "COPY staging FROM '([^']+)'\\s+IAM_ROLE '[^']+'\\s+"
                            + "FORMAT AS PARQUET SERIALIZETOJSON MANIFEST");

    private static final String UNNEST = "FROM staging s, s.lines l";

    private static final String LATERAL =
            """
            FROM staging s CROSS JOIN LATERAL jsonb_to_recordset(s.lines) AS l(
                line_no integer, sku varchar, category varchar, quantity integer,
                unit_price numeric)
            """;

    private final World world;
    private final EventTable lake;

    RedshiftSql(World world, EventTable lake) {
        this.world = world;
        this.lake = lake;
    }

    @Override
    public String apply(String statement) {
        Matcher copy = COPY.matcher(statement);
        if (copy.matches()) {
            return copied(copy.group(1));
        }
        return statement
                .replaceAll("DISTSTYLE (ALL|KEY DISTKEY \\(\\w+\\))", "")
                .replaceAll("COMPOUND SORTKEY \\(\\w+\\)", "")
                .replaceAll("\\bSUPER\\b", "JSONB")
                .replace("JSON_SERIALIZE(lines)", "lines::text")
                .replace(UNNEST, LATERAL);
    }

    private String copied(String manifest) {
        List<Object> rows = new ArrayList<>();
        JsonNode entries = JSON.readTree(ObjectStore.get(world, manifest)).get("entries");
        for (JsonNode entry : entries) {
            String problem = read(entry, rows);
            if (problem != null) {
                return error(problem);
            }
        }
        return inserted(JSON.writeValueAsString(rows));
    }

    private static String inserted(String rows) {
        return """
        INSERT INTO staging SELECT * FROM jsonb_to_recordset('%s'::jsonb) AS t(
            event_id varchar, account_id varchar, version bigint, command_id varchar,
            event_type varchar, occurred_at timestamp, recorded_at timestamp, order_id varchar,
            line_no integer, occurrence integer, sku varchar, description varchar,
            category varchar, quantity integer, unit_price numeric, kind varchar,
            country varchar, amount numeric, lines jsonb, kafka_partition integer,
            kafka_offset bigint)
        """
                .formatted(rows.replace("'", "''"));
    }

    /// @return what is wrong with the file
    private @Nullable String read(JsonNode entry, List<Object> rows) {
        String location = entry.get("url").asString();
        if (!ObjectStore.has(world, location)) {
            return "The specified S3 object does not exist " + location;
        }
        if (ObjectStore.get(world, location).length != entry.at("/meta/content_length").asInt()) {
            return "content_length does not match " + location;
        }
        StoredFile file =
                lake.files().stream()
                        .filter(f -> f.location().equals(location))
                        .findFirst()
                        .orElseThrow();
        try {
            file.rows().forEach(row -> rows.add(record(row)));
            return null;
        } catch (RuntimeException e) {
            return "Spectrum Scan Error: " + e.getMessage();
        }
    }

    private static String error(String problem) {
        return "DO $$ BEGIN RAISE EXCEPTION '%s' USING ERRCODE = 'XX000'; END $$"
                .formatted(problem.replace("'", "''").replace("%", "%%").replace("$$", ""));
    }

    private static Map<String, @Nullable Object> record(EventRow row) {
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put("event_id", row.eventId());
        columns.put("account_id", row.accountId());
        columns.put("version", row.version());
        columns.put("command_id", row.commandId());
        columns.put("event_type", row.eventType());
        columns.put("occurred_at", withoutZone(row.occurredAt()));
        columns.put("recorded_at", withoutZone(row.recordedAt()));
        columns.put("order_id", row.orderId());
        columns.put("line_no", row.lineNo());
        columns.put("occurrence", row.occurrence());
        columns.put("sku", row.sku());
        columns.put("description", row.description());
        columns.put("category", row.category());
        columns.put("quantity", row.quantity());
        columns.put("unit_price", decimal(row.unitPrice()));
        columns.put("kind", row.kind());
        columns.put("country", row.country());
        columns.put("amount", decimal(row.amount()));
        columns.put(
                "lines",
                row.lines() == null ? null : row.lines().stream().map(RedshiftSql::line).toList());
        columns.put("kafka_partition", row.kafkaPartition());
        columns.put("kafka_offset", row.kafkaOffset());
        return columns;
    }

    private static Map<String, @Nullable Object> line(EventRow.Line line) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("line_no", line.lineNo());
        fields.put("occurrence", line.occurrence());
        fields.put("sku", line.sku());
        fields.put("category", line.category());
        fields.put("quantity", line.quantity());
        fields.put("unit_price", decimal(line.unitPrice()));
        return fields;
    }

    private static @Nullable Object decimal(@Nullable Money money) {
        return money == null ? null : money.stored();
    }

    private static String withoutZone(Instant instant) {
        return instant.toString().replace("Z", "");
    }
}
