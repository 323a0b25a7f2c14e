package io.cartlog.sink.warehouse;

/// Where manifests are put for Redshift to read.
public interface Bucket {
    /// Writes an object, over an older one if there is one.
    ///
    /// @param location `s3://bucket/key`
    void put(String location, byte[] content);

    void delete(String location);
}
