package io.cartlog.cli.s3;

import java.time.Instant;

/// An object as it lies in the bucket. Key and tag together name its content.
///
/// @param etag without its quotes
public record StoredObject(String key, String etag, long size, Instant modified) {}
