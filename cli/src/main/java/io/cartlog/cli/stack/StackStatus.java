package io.cartlog.cli.stack;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where everything is and how it does. The names of the fields are the keys of `./cartlog status
/// --output json`.
///
/// @param http the public address, `http://127.0.0.1:8080`
/// @param tokens the authorization server, as tokens name it
/// @param kafka bootstrap servers
/// @param warehouse JDBC URL with user and password
/// @param catalog JDBC URL of the Iceberg catalog, without credentials
/// @param lake where the lake's tables are, `s3://...`
/// @param accessKey of DynamoDB and S3
/// @param projection base address of projection-service, for its `/internal`
/// @param sink base address of analytics-sink, for its `/internal`
public record StackStatus(
        String http,
        String tokens,
        String kafka,
        String dynamodb,
        String s3,
        String warehouse,
        String bucket,
        String catalog,
        String lake,
        String accessKey,
        String secretKey,
        String region,
        String warehouseUser,
        String warehousePassword,
        String projection,
        String sink,
        String data,
        List<ProcessStatus> processes) {

    public StackStatus {
        processes = List.copyOf(processes);
    }

    /// Whether every process runs and is healthy.
    public boolean allUp() {
        return processes.stream().allMatch(ProcessStatus::up);
    }

    /// One process.
    ///
    /// @param pid absent when it does not run
    /// @param state `running` or `stopped`
    /// @param health `up`, or why not
    /// @param rssBytes resident memory with that of its children
    /// @param cpuSeconds used since its start, with that of its children
    public record ProcessStatus(
            String name,
            @Nullable Long pid,
            int port,
            String state,
            String health,
            @Nullable Long rssBytes,
            @Nullable Double cpuSeconds) {

        public boolean up() {
            return health.equals("up");
        }
    }
}
