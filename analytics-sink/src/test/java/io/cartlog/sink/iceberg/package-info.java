@NullMarked
package io.cartlog.sink.iceberg;

import org.jspecify.annotations.NullMarked;
