/// Rows as sentences.
@NullMarked
package io.cartlog.sink.row;

import org.jspecify.annotations.NullMarked;
