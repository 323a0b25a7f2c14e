/// The warehouse: its tables and views, and loading a snapshot of the lake into them in one
/// transaction. Knows SQL and the rows; knows nothing of Kafka or Iceberg.
@NullMarked
package io.cartlog.sink.warehouse;

import org.jspecify.annotations.NullMarked;
