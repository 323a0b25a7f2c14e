/// Reads go through the same address as commands: forwards them to the projection-service. Knows
/// HTTP only.
@NullMarked
package io.cartlog.commands.gateway;

import org.jspecify.annotations.NullMarked;
