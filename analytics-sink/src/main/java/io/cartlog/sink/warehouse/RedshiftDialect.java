package io.cartlog.sink.warehouse;

import com.amazon.redshift.jdbc.DataSource;
import io.cartlog.sink.row.FaultyFileException;
import io.cartlog.sink.row.SnapshotFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/// The warehouse on Amazon Redshift, which reads the lake's files by itself: a manifest names them,
/// one COPY loads them.
final class RedshiftDialect implements Dialect {
    private static final int CONNECT_SECONDS = 30;
    private static final int ANSWER_SECONDS = 900;

    /// As the role's name goes into a statement, which takes no parameters there.
    private static final Pattern ROLE = Pattern.compile("arn:[A-Za-z0-9:/_+=,.@-]+");

    private static final Pattern LOCATION = Pattern.compile("s3://[^'\\\\\\s]+");

    /// Redshift says it without an SQLSTATE of its own: the transaction was not serializable.
    private static final Pattern NOT_SERIALIZABLE =
            Pattern.compile("\\b1023\\b|[Ss]erializable isolation violation");

    /// What COPY says of a file, as far as it is documented.
    private static final Pattern OF_A_FILE =
            Pattern.compile(
                    "stl_load_errors|incompatible Parquet schema|longer than the length defined"
                            + "|not a valid Parquet|Invalid Parquet",
                    Pattern.CASE_INSENSITIVE);

    /// The lake's columns in their order, because COPY loads by position. Times of Parquet are
    /// TIMESTAMP to Redshift; they are UTC.
    private static final String STAGING =
            """
            CREATE TEMP TABLE staging (
                event_id VARCHAR(36), account_id VARCHAR(40), version BIGINT,
                command_id VARCHAR(100), event_type VARCHAR(40), occurred_at TIMESTAMP,
                recorded_at TIMESTAMP, order_id VARCHAR(40), line_no INTEGER, occurrence INTEGER,
                sku VARCHAR(40), description VARCHAR(120), category VARCHAR(60), quantity INTEGER,
                unit_price NUMERIC(18, 4), kind VARCHAR(10), country VARCHAR(40),
                amount NUMERIC(18, 4), lines SUPER, kafka_partition INTEGER, kafka_offset BIGINT
            ) DISTSTYLE KEY DISTKEY (account_id)\
            """;

    private static final String INSERT_EVENTS =
            """
            INSERT INTO warehouse.events
            SELECT event_id, account_id, version, command_id, event_type,
                   occurred_at AT TIME ZONE 'UTC', recorded_at AT TIME ZONE 'UTC', order_id,
                   line_no, occurrence, sku, description, category, quantity, unit_price, kind,
                   country, amount, lines, kafka_partition, kafka_offset
            FROM staging\
            """;

    private static final String INSERT_ORDER_LINES =
            """
            INSERT INTO warehouse.order_lines
            SELECT order_id, line_no, account_id, sku, description, category, quantity, unit_price,
                   amount, country, occurred_at AT TIME ZONE 'UTC', recorded_at AT TIME ZONE 'UTC',
                   kind, event_id, version, kafka_partition, kafka_offset
            FROM staging
            WHERE line_no IS NOT NULL
            UNION ALL
            SELECT s.order_id, l.line_no::INTEGER, s.account_id, l.sku::VARCHAR(40), NULL,
                   l.category::VARCHAR(60), l.quantity::INTEGER, l.unit_price::NUMERIC(18, 4),
                   l.unit_price::NUMERIC(18, 4) * l.quantity::INTEGER, s.country,
                   s.occurred_at AT TIME ZONE 'UTC', s.recorded_at AT TIME ZONE 'UTC', s.kind,
                   s.event_id, s.version, s.kafka_partition, s.kafka_offset
            FROM staging s, s.lines l\
            """;

    private static final String SELECT_EVENTS =
            """
            SELECT event_id, account_id, version, command_id, event_type, occurred_at, recorded_at,
                   order_id, line_no, occurrence, sku, description, category, quantity, unit_price,
                   kind, country, amount, JSON_SERIALIZE(lines), kafka_partition, kafka_offset
            FROM warehouse.events\
            """;

    private final DataSource database = new DataSource();
    private final Bucket bucket;
    private final String manifests;
    private final String role;

    RedshiftDialect(WarehouseSettings settings, Bucket bucket) {
        setUrl(settings.url());
        database.setUser(settings.user());
        database.setPassword(settings.password());
        database.setLoginTimeout(CONNECT_SECONDS);
        database.setSocketTimeout(ANSWER_SECONDS);
        database.setTcpKeepAlive(true);
        database.setApplicationName("analytics-sink");
        this.bucket = bucket;
        this.manifests = settings.manifests();
        this.role = matching(ROLE, Objects.requireNonNullElse(settings.iamRole(), ""), "role");
    }

    private void setUrl(String url) {
        try {
            database.setURL(url);
        } catch (SQLException e) {
            throw new IllegalArgumentException("no address of a Redshift cluster: " + url, e);
        }
    }

    @Override
    public Connection connect() throws SQLException {
        return database.getConnection();
    }

    @Override
    public List<String> migrations() {
        return List.of(
                "redshift-001-tables.sql",
                "002-marts.sql",
                "003-reports.sql",
                "redshift-004-quarantine.sql",
                "005-clicks.sql",
                "006-faster-reports.sql");
    }

    @Override
    public List<String> opening(String schemas, String versions) {
        return List.of(schemas, versions, "LOCK warehouse.schema_versions");
    }

    @Override
    public String lockLedger() {
        return "LOCK warehouse.load_ledger";
    }

    @Override
    public void stage(Connection connection, String name, List<SnapshotFile> files)
            throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute(STAGING);
            if (!files.isEmpty()) {
                copy(sql, manifests + "/" + name + ".manifest", files);
            }
        }
    }

    private void copy(Statement sql, String manifest, List<SnapshotFile> files)
            throws SQLException {
        bucket.put(manifest, Manifest.of(files));
        try {
            sql.execute(
                    """
                    COPY staging FROM '%s'
                    IAM_ROLE '%s'
                    FORMAT AS PARQUET SERIALIZETOJSON MANIFEST\
                    """
                            .formatted(matching(LOCATION, manifest, "location"), role));
        } finally {
            bucket.delete(manifest);
        }
    }

    /// With our own eyes: what COPY says is the database's trouble as often as the file's.
    @Override
    public void examine(SnapshotFile file) {
        AtomicLong rows = new AtomicLong();
        file.rows().forEach(_ -> rows.incrementAndGet());
        if (rows.get() != file.count()) {
            throw new FaultyFileException(
                    "%d rows instead of %d".formatted(rows.get(), file.count()));
        }
    }

    @Override
    public String insertEvents() {
        return INSERT_EVENTS;
    }

    @Override
    public String insertOrderLines() {
        return INSERT_ORDER_LINES;
    }

    @Override
    public String selectEvents() {
        return SELECT_EVENTS;
    }

    @Override
    public boolean isOfTheRows(SQLException trouble) {
        return SqlStates.isOfTheData(trouble) || says(trouble, OF_A_FILE);
    }

    @Override
    public boolean isConflict(SQLException trouble) {
        return SqlStates.isConflict(trouble) || says(trouble, NOT_SERIALIZABLE);
    }

    private static boolean says(SQLException trouble, Pattern what) {
        return what.matcher(String.valueOf(trouble.getMessage())).find();
    }

    private static String matching(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("no " + what + " that Redshift takes: " + text);
        }
        return text;
    }
}
