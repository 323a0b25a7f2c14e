package io.cartlog.sink;

import io.cartlog.sink.iceberg.Lake;
import io.cartlog.sink.warehouse.Bucket;

/// The lake's store, as the warehouse may use it.
record LakeBucket(Lake lake) implements Bucket {
    @Override
    public void put(String location, byte[] content) {
        lake.put(location, content);
    }

    @Override
    public void delete(String location) {
        lake.delete(location);
    }
}
