package io.cartlog.sink.warehouse;

import org.jspecify.annotations.Nullable;

/// Where the warehouse is, and what it speaks.
///
/// @param url JDBC, without credentials
/// @param iamRole what Redshift reads the lake as; null for PostgreSQL
/// @param manifests folder in the bucket for Redshift's manifests, `s3://bucket/path`
public record WarehouseSettings(
        Kind kind,
        String url,
        String user,
        String password,
        @Nullable String iamRole,
        String manifests) {

    /// Which database it is.
    public enum Kind {
        POSTGRESQL,
        REDSHIFT
    }
}
