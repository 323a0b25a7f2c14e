/// Starting, stopping and looking at the processes of a Cartlog on this machine. Knows processes,
/// ports and health addresses, and nothing of what the services do.
@NullMarked
package io.cartlog.cli.stack;

import org.jspecify.annotations.NullMarked;
