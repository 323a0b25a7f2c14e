/// The events of accounts by version: an index of the log on this machine's disk, filled by a
/// reader of its own, and the log itself, which is read where the index points. The only user of
/// RocksDB; knows Kafka and what history is to a reader, and nothing of the views' store or of
/// HTTP.
///
/// The index is derived: deleted, or made of another log, it is filled again from the start.
@NullMarked
package io.cartlog.projection.history;

import org.jspecify.annotations.NullMarked;
