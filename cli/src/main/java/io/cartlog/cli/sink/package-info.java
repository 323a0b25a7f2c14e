/// The sink as an operator sees it: how far lake and warehouse are, what could not be loaded, and
/// another attempt.
@NullMarked
package io.cartlog.cli.sink;

import org.jspecify.annotations.NullMarked;
