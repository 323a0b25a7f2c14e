/// The event log as a Kinesis stream, and the only place that talks to Kinesis.
@NullMarked
package io.cartlog.sink.kinesis;

import org.jspecify.annotations.NullMarked;
