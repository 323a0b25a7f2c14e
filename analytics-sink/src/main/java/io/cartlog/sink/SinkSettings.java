package io.cartlog.sink;

import io.cartlog.service.access.AccessSettings;
import io.cartlog.service.tracing.TracingSettings;
import io.cartlog.sink.iceberg.LakeSettings;
import io.cartlog.sink.kinesis.RelaySettings;
import io.cartlog.sink.warehouse.WarehouseSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// Every setting of the service. What has no default must be given; a name that is not here stops
/// the start.
@ConfigurationProperties(prefix = "cartlog", ignoreUnknownFields = false)
public record SinkSettings(
        @DefaultValue Kafka kafka,
        @DefaultValue Topics topics,
        @DefaultValue Catalog catalog,
        @DefaultValue Lake lake,
        @DefaultValue S3 s3,
        @DefaultValue Warehouse warehouse,
        @DefaultValue Sink sink,
        @DefaultValue RelaySettings kinesis,
        @DefaultValue TracingSettings tracing,
        @DefaultValue AccessSettings security) {

    public record Kafka(String bootstrapServers) {
        public Kafka {
            require("kafka.bootstrap-servers", bootstrapServers);
        }
    }

    /// Of the topics that are created if they are absent.
    public record Topics(
            @DefaultValue("4") int partitions, @DefaultValue("1") short replicationFactor) {}

    public record Catalog(
            String url, String user, String password, @DefaultValue("catalog") String schema) {
        public Catalog {
            require("catalog.url", url);
            require("catalog.user", user);
            require("catalog.password", password);
        }
    }

    /// @param warehouse folder of the tables, `s3://bucket/path`
    /// @param upkeepInterval time between two rounds of upkeep
    /// @param fileBytes what small files are made into
    /// @param keepSnapshots how long one can be gone back to
    public record Lake(
            String warehouse,
            @DefaultValue("1h") Duration upkeepInterval,
            @DefaultValue("32MB") DataSize fileBytes,
            @DefaultValue("7d") Duration keepSnapshots) {
        public Lake {
            require("lake.warehouse", warehouse);
        }
    }

    /// All absent: Amazon's own, with the default chain of credentials.
    public record S3(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String accessKey,
            @Nullable String secretKey) {}

    /// @param dialect `postgresql` or `redshift`
    /// @param iamRole what Redshift reads the lake as; of no use to PostgreSQL
    public record Warehouse(
            WarehouseSettings.Kind dialect,
            String url,
            String user,
            String password,
            @Nullable String iamRole) {
        public Warehouse {
            require("warehouse.dialect", Objects.toString(dialect, ""));
            require("warehouse.url", url);
            require("warehouse.user", user);
            require("warehouse.password", password);
            if (dialect == WarehouseSettings.Kind.REDSHIFT) {
                require("warehouse.iam-role", iamRole);
            }
            String scheme = "jdbc:" + dialect.name().toLowerCase(Locale.ROOT) + ":";
            if (!url.startsWith(scheme)) {
                throw new IllegalArgumentException(
                        "the setting cartlog.warehouse.url must begin with " + scheme);
            }
        }
    }

    /// @param rollBytes size at which a file is closed
    /// @param rollInterval longest time that a row waits for its commit
    /// @param group whose members share the partitions of the log; it keeps no positions
    /// @param sessionTimeout of an instance that is silent for so long the partitions go to others
    /// @param partitions of the log that this instance reads, in no group; if it is empty, the
    ///   group says which
    /// @param maxAge how old the lake may be before the service is not ready
    public record Sink(
            @DefaultValue("32MB") DataSize rollBytes,
            @DefaultValue("10s") Duration rollInterval,
            @DefaultValue("cartlog-sink") String group,
            @DefaultValue("10s") Duration sessionTimeout,
            @DefaultValue Set<Integer> partitions,
            @DefaultValue("5m") Duration maxAge) {
        public Sink {
            partitions = Set.copyOf(partitions);
        }
    }

    LakeSettings lakeSettings() {
        return new LakeSettings(
                catalog.url,
                catalog.user,
                catalog.password,
                catalog.schema,
                lake.warehouse,
                new LakeSettings.ObjectStore(s3.endpoint, s3.region, s3.accessKey, s3.secretKey));
    }

    WarehouseSettings warehouseSettings() {
        return new WarehouseSettings(
                warehouse.dialect,
                warehouse.url,
                warehouse.user,
                warehouse.password,
                warehouse.iamRole,
                lake.warehouse + "/manifests");
    }

    private static void require(String name, @Nullable String value) {
        if (Objects.requireNonNullElse(value, "").isBlank()) {
            throw new IllegalArgumentException("the setting cartlog." + name + " is missing");
        }
    }
}
