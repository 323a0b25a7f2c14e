/// Looks after the lake's files, by the clock and on demand.
@NullMarked
package io.cartlog.sink.upkeep;

import org.jspecify.annotations.NullMarked;
