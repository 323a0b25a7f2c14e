/// Compares log, lake and warehouse, each read for itself.
@NullMarked
package io.cartlog.sink.verify;

import org.jspecify.annotations.NullMarked;
