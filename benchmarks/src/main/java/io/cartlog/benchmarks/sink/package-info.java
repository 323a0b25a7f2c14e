/// What the way of an event into lake and warehouse costs. It starts broker, stores and the service
/// that it measures itself. Run with `./cartlog bench sink`.
@NullMarked
package io.cartlog.benchmarks.sink;

import org.jspecify.annotations.NullMarked;
