/// The lake: one Iceberg table of all events, its files and its commits. Knows Iceberg, Parquet and
/// the rows; knows nothing of Kafka or the warehouse.
@NullMarked
package io.cartlog.sink.iceberg;

import org.jspecify.annotations.NullMarked;
