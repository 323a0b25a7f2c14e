package io.cartlog.benchmarks.sink;

import io.cartlog.schemas.avro.ReleasedSchemas;
import io.cartlog.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/// Kafka Connect with one task of the Iceberg sink, on the topic that ours reads. Its table is made
/// beforehand, with an event as the converter gives it, or decimals and times would change their
/// types.
final class Peer implements AutoCloseable {
    private static final String NAME = "peer";
    private static final String CONTROL = "peer.control";
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(10);
    private static final TableIdentifier TABLE = TableIdentifier.of(NAME, "events");

    private final Place place;
    private final Path lib;
    private final OneSchemaRegistry registry;
    private final Table table;
    private final int port = freePort();
    private long askedNanos = System.nanoTime();

    /// @param lib folder with the jars of Kafka Connect and its sink
    Peer(Place place, Path lib) throws IOException, ExecutionException, InterruptedException {
        this.place = place;
        this.lib = lib;
        Schema event = ReleasedSchemas.of("cart-event").getLast();
        registry = new OneSchemaRegistry(event);
        createControlTopic();
        table = createTable(PeerColumns.of(event));
    }

    /// Rows in its table.
    long rows() {
        requireRunning();
        table.refresh();
        Snapshot current = table.currentSnapshot();
        return current == null
                ? 0
                : Long.parseLong(
                        current.summary().getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
    }

    /// In as much memory and with the same collector as ours.
    MeasuredProcess start() {
        Path worker = write("worker.properties", worker());
        Path connector = write("connector.properties", connector());
        return place.java(
                NAME,
                List.of(
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        lib + "/*",
                        "org.apache.kafka.connect.cli.ConnectStandalone",
                        worker.toString(),
                        connector.toString()));
    }

    /// Takes no more events, and stays as warm as it is.
    void pause() throws IOException, InterruptedException {
        tell("pause");
    }

    void resume() {
        try {
            tell("resume");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A task that failed takes no row any more, and its process lives on. Asked seldom, because to
    /// answer takes the peer processor time that is measured.
    private void requireRunning() {
        if (System.nanoTime() - askedNanos < BETWEEN_QUESTIONS.toNanos()) {
            return;
        }
        askedNanos = System.nanoTime();
        URI uri = URI.create("http://127.0.0.1:%d/connectors/%s/status".formatted(port, NAME));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String status =
                    client.send(
                                    HttpRequest.newBuilder(uri).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            if (status.contains("\"FAILED\"")) {
                throw new IllegalStateException("Kafka Connect's task failed: " + status);
            }
        } catch (ConnectException _) {
            // not yet up
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void tell(String what) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:%d/connectors/%s/%s".formatted(port, NAME, what));
        HttpRequest request =
                HttpRequest.newBuilder(uri).PUT(HttpRequest.BodyPublishers.noBody()).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new IllegalStateException(
                        "Kafka Connect answers %s with %d".formatted(what, status));
            }
        }
    }

    private void createControlTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.at().kafka()))) {
            admin.createTopics(List.of(new NewTopic(CONTROL, 1, (short) 1))).all().get();
        }
    }

    private Table createTable(org.apache.iceberg.Schema columns) {
        Catalog catalog = CatalogUtil.buildIcebergCatalog(NAME, catalog(), null);
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of(NAME));
        return catalog.createTable(
                TABLE,
                columns,
                PartitionSpec.builderFor(columns).hour("recordedAt").build(),
                Map.of(TableProperties.PARQUET_COMPRESSION, "zstd"));
    }

    private Map<String, String> catalog() {
        Map<String, String> catalog = new TreeMap<>();
        catalog.put("type", "jdbc");
        catalog.put("uri", place.at().jdbcUrl());
        catalog.put("jdbc.user", place.at().jdbcUser());
        catalog.put("jdbc.password", place.at().jdbcPassword());
        catalog.put("jdbc.currentSchema", Place.CATALOG);
        catalog.put("jdbc.schema-version", "V1");
        catalog.put("warehouse", place.folderOf(NAME));
        catalog.put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
        catalog.put("http-client.type", "urlconnection");
        catalog.put("client.region", place.at().region());
        catalog.put("s3.endpoint", place.at().s3().toString());
        catalog.put("s3.path-style-access", "true");
        catalog.put("s3.access-key-id", place.at().accessKey());
        catalog.put("s3.secret-access-key", place.at().secretKey());
        return catalog;
    }

    private Map<String, String> worker() {
        Map<String, String> worker = new TreeMap<>();
        worker.put("bootstrap.servers", place.at().kafka());
        worker.put("listeners", "http://127.0.0.1:" + port);
        worker.put("key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
        worker.put("value.converter", "io.apicurio.registry.utils.converter.AvroConverter");
        worker.put("value.converter.apicurio.registry.url", registry.url());
        worker.put("value.converter.apicurio.registry.as-confluent", "true");
        worker.put("offset.storage.file.filename", place.folder().resolve("offsets").toString());
        worker.put("plugin.discovery", "only_scan");
        return worker;
    }

    /// It commits as often as ours does by default.
    private Map<String, String> connector() {
        Map<String, String> connector = new TreeMap<>();
        connector.put("name", NAME);
        connector.put("connector.class", "org.apache.iceberg.connect.IcebergSinkConnector");
        connector.put("tasks.max", "1");
        connector.put("topics", Topics.EVENTS.name());
        connector.put("iceberg.catalog", NAME);
        connector.put("iceberg.tables", TABLE.toString());
        connector.put("iceberg.control.topic", CONTROL);
        connector.put("iceberg.control.commit.interval-ms", "10000");
        connector.put("iceberg.kafka.bootstrap.servers", place.at().kafka());
        catalog().forEach((key, value) -> connector.put("iceberg.catalog." + key, value));
        return connector;
    }

    private Path write(String name, Map<String, String> properties) {
        String text =
                properties.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue() + "\n")
                        .collect(Collectors.joining());
        try {
            return Files.writeString(place.folder().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        registry.close();
    }
}
