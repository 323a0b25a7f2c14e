/// Questions about the views over HTTP. Knows the views as they can be read, and what a reader may
/// see; nothing of the store behind them.
@NullMarked
package io.cartlog.projection.query;

import org.jspecify.annotations.NullMarked;
