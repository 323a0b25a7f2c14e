/// Tests of the sink on a real broker, object store and database.
@NullMarked
package io.cartlog.sink;

import org.jspecify.annotations.NullMarked;
