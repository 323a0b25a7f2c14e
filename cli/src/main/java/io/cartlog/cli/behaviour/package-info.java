/// The behaviour file of a shop's site: its lines, the rules by which they are read, the ids of its
/// clicks.
@NullMarked
package io.cartlog.cli.behaviour;

import org.jspecify.annotations.NullMarked;
