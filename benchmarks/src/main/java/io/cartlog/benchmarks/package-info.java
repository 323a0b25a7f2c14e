/// What the pure parts cost, measured by JMH: no broker, no clock but JMH's. Run with `./cartlog
/// bench jmh`.
@NullMarked
package io.cartlog.benchmarks;

import org.jspecify.annotations.NullMarked;
