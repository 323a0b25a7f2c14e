/// What can go wrong for a client, by name. Every part that answers clients uses these names; each
/// has a page of its own under `/problems/`. Knows the JDK only.
@NullMarked
package io.cartlog.commands.problem;

import org.jspecify.annotations.NullMarked;
