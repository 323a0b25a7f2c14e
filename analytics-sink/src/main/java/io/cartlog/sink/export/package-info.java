/// The lake as files for those who expect files: a snapshot in folders by the hour, as JSON, CSV or
/// Parquet. Reachable from loopback only.
@NullMarked
package io.cartlog.sink.export;

import org.jspecify.annotations.NullMarked;
