package io.cartlog.sink.iceberg;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/// The catalog and the object store, opened.
public final class Lake implements AutoCloseable {
    private static final String NAME = "cartlog";

    private final JdbcCatalog catalog;

    private Lake(JdbcCatalog catalog) {
        this.catalog = catalog;
    }

    /// Opens the lake; creates the catalog's tables and `cart.events` if they are absent.
    public static Lake open(LakeSettings settings) {
        createSchema(settings);
        JdbcCatalog catalog =
                new JdbcCatalog(
                        properties ->
                                CatalogUtil.loadFileIO(S3FileIO.class.getName(), properties, null),
                        SingleUseConnections::new,
                        true);
        catalog.initialize(NAME, properties(settings));
        Lake lake = new Lake(catalog);
        lake.createTable();
        lake.partitionByHour();
        return lake;
    }

    /// A view of the table for one thread.
    ///
    /// @throws IllegalStateException if the table has other columns than this version writes
    public EventTable events() {
        Table table = catalog.loadTable(EventSchema.TABLE);
        if (!table.schema().sameSchema(EventSchema.SCHEMA)) {
            throw new IllegalStateException(
                    "the lake's table has other columns: " + table.schema());
        }
        return new EventTable(table);
    }

    /// Writes an object into the lake's store, over an older one if there is one.
    public void put(String location, byte[] content) {
        try (OutputStream out = io().newOutputFile(location).createOrOverwrite()) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes an object of the lake's store.
    public void delete(String location) {
        io().deleteFile(location);
    }

    private FileIO io() {
        return catalog.loadTable(EventSchema.TABLE).io();
    }

    /// Looks after the files of the table; for one thread.
    public LakeUpkeep upkeep() {
        return new LakeUpkeep(catalog.loadTable(EventSchema.TABLE));
    }

    /// Gives out what the table held at some snapshot; for one thread.
    public LakeExport export() {
        return new LakeExport(catalog.loadTable(EventSchema.TABLE));
    }

    @Override
    public void close() {
        catalog.close();
    }

    private static void createSchema(LakeSettings settings) {
        try (Connection connection =
                        DriverManager.getConnection(
                                settings.catalogUrl(),
                                settings.catalogUser(),
                                settings.catalogPassword());
                Statement sql = connection.createStatement()) {
            sql.execute(
                    "create schema if not exists "
                            + sql.enquoteIdentifier(settings.catalogSchema(), true));
        } catch (SQLException e) {
            throw new UncheckedSQLException(e, "the catalog's schema cannot be created");
        }
    }

    private void createTable() {
        try {
            if (!catalog.namespaceExists(EventSchema.TABLE.namespace())) {
                catalog.createNamespace(EventSchema.TABLE.namespace());
            }
            if (!catalog.tableExists(EventSchema.TABLE)) {
                catalog.buildTable(EventSchema.TABLE, EventSchema.SCHEMA)
                        .withPartitionSpec(EventSchema.BY_HOUR)
                        .withProperties(EventSchema.PROPERTIES)
                        .create();
            }
        } catch (AlreadyExistsException _) {
            // Another sink was faster; once more, for what it has not created yet.
            createTable();
        }
    }

    /// An older version wrote by the day. Its files stay as they are.
    private void partitionByHour() {
        Table table = catalog.loadTable(EventSchema.TABLE);
        if (!table.spec().compatibleWith(EventSchema.BY_HOUR)) {
            UpdatePartitionSpec update = table.updateSpec();
            table.spec().fields().forEach(field -> update.removeField(field.name()));
            update.addField(Expressions.hour("recorded_at")).commit();
        }
    }

    private static Map<String, String> properties(LakeSettings settings) {
        Map<String, String> properties = new HashMap<>();
        properties.put(CatalogProperties.URI, settings.catalogUrl());
        properties.put("jdbc.user", settings.catalogUser());
        properties.put("jdbc.password", settings.catalogPassword());
        properties.put("jdbc.currentSchema", settings.catalogSchema());
        properties.put("jdbc.connectTimeout", "5");
        properties.put("jdbc.socketTimeout", "30");
        properties.put("jdbc.schema-version", "V1");
        properties.put(CatalogProperties.WAREHOUSE_LOCATION, settings.warehouse());
        objects(settings.objects(), properties);
        return properties;
    }

    private static void objects(LakeSettings.ObjectStore objects, Map<String, String> properties) {
        properties.put("http-client.type", "urlconnection");
        if (objects.region() != null) {
            properties.put("client.region", objects.region());
        }
        if (objects.endpoint() != null) {
            properties.put("s3.endpoint", objects.endpoint().toString());
            properties.put("s3.path-style-access", "true");
        }
        if (objects.accessKey() != null && objects.secretKey() != null) {
            properties.put("s3.access-key-id", objects.accessKey());
            properties.put("s3.secret-access-key", objects.secretKey());
        }
    }
}
