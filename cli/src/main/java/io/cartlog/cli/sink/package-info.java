/// The sink as an operator sees it: how far lake and warehouse are, what could not be loaded, and
/// another attempt; and the warehouse built anew.
@NullMarked
package io.cartlog.cli.sink;

import org.jspecify.annotations.NullMarked;
