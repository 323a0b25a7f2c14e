package io.cartlog.sink.iceberg;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where the lake is.
///
/// @param catalogUrl JDBC, without credentials
/// @param catalogSchema holds the catalog's tables
/// @param warehouse folder of the tables: `s3://bucket/path`
public record LakeSettings(
        String catalogUrl,
        String catalogUser,
        String catalogPassword,
        String catalogSchema,
        String warehouse,
        ObjectStore objects) {

    /// The object store.
    ///
    /// @param endpoint null: Amazon's own
    /// @param accessKey null, as the secret key: the default chain of credentials
    public record ObjectStore(
            @Nullable URI endpoint,
            @Nullable String region,
            @Nullable String accessKey,
            @Nullable String secretKey) {}
}
