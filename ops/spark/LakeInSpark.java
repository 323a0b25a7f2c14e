import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Answers one question to the lake with Apache Spark: a row a line, columns parted by tabs. Times are UTC. */
class LakeInSpark {
    /** Iceberg's catalog knows its tables under this name. */
    private static final String CATALOG = "spark.sql.catalog.cartlog";

    public static void main(String[] args) throws Exception {
        SparkSession.Builder builder =
                SparkSession.builder()
                        .master("local[2]")
                        .appName("lake")
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.session.timeZone", "UTC")
                        .config("spark.sql.shuffle.partitions", "2")
                        // Arrow, which reads in batches, does not run on JDK 25.
                        .config("spark.sql.iceberg.vectorization.enabled", "false")
                        .config(CATALOG, "org.apache.iceberg.spark.SparkCatalog")
                        .config("spark.sql.defaultCatalog", "cartlog");
        catalog(System.getenv()).forEach((name, value) -> builder.config(CATALOG + "." + name, value));
        try (SparkSession spark = builder.getOrCreate()) {
            List<Row> rows = spark.sql(args[0]).collectAsList();
            rows.forEach(row -> System.out.println(row.mkString("\t")));
        }
    }

    /** The same settings, by the same names, as analytics-sink has. */
    private static Map<String, String> catalog(Map<String, String> environment) {
        return Map.ofEntries(
                Map.entry("type", "jdbc"),
                Map.entry("uri", environment.get("CARTLOG_CATALOG_URL")),
                Map.entry("jdbc.user", environment.get("CARTLOG_CATALOG_USER")),
                Map.entry("jdbc.password", environment.get("CARTLOG_CATALOG_PASSWORD")),
                Map.entry("jdbc.currentSchema", environment.get("CARTLOG_CATALOG_SCHEMA")),
                Map.entry("jdbc.schema-version", "V1"),
                Map.entry("warehouse", environment.get("CARTLOG_LAKE_WAREHOUSE")),
                Map.entry("io-impl", "org.apache.iceberg.aws.s3.S3FileIO"),
                Map.entry("client.region", environment.get("CARTLOG_S3_REGION")),
                Map.entry("s3.endpoint", environment.get("CARTLOG_S3_ENDPOINT")),
                Map.entry("s3.path-style-access", "true"),
                Map.entry("s3.access-key-id", environment.get("CARTLOG_S3_ACCESS_KEY")),
                Map.entry("s3.secret-access-key", environment.get("CARTLOG_S3_SECRET_KEY")));
    }
}
