/// Tests of the relay.
@NullMarked
package io.cartlog.sink.kinesis;

import org.jspecify.annotations.NullMarked;
