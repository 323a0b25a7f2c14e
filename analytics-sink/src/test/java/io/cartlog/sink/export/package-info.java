@NullMarked
package io.cartlog.sink.export;

import org.jspecify.annotations.NullMarked;
