/// Building the views anew beside those that are read: filling a version out of the log, watching
/// it, promoting it, going back. Knows Kafka and the views; nothing of the store behind them.
@NullMarked
package io.cartlog.projection.rebuild;

import org.jspecify.annotations.NullMarked;
