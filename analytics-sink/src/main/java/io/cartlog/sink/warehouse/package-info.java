/// The warehouse, on PostgreSQL or Amazon Redshift: its tables and views, loading a snapshot of the
/// lake into them in one transaction, and the files that could not be. Knows SQL and the rows;
/// knows nothing of Kafka or Iceberg.
@NullMarked
package io.cartlog.sink.warehouse;

import org.jspecify.annotations.NullMarked;
