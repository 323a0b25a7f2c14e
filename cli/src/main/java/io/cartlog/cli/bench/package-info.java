/// Measures a running stack from outside, as its users would load it. Knows addresses and the
/// language between the services, nothing else of them.
@NullMarked
package io.cartlog.cli.bench;

import org.jspecify.annotations.NullMarked;
