/// The whole pipeline on real input, in one go: start, load, catch up, reconcile, measure, tell,
/// stop.
@NullMarked
package io.cartlog.cli.demo;

import org.jspecify.annotations.NullMarked;
