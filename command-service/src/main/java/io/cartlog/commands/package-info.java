/// The command-service: COMMAND -> EVENT. This package puts the parts together.
///
/// [io.cartlog.commands.intake] takes commands from HTTP, [io.cartlog.commands.cart] has the rules,
/// [io.cartlog.commands.streams] decides in the log, [io.cartlog.commands.gateway] forwards reads,
/// [io.cartlog.commands.openapi] describes them all.
@NullMarked
package io.cartlog.commands;

import org.jspecify.annotations.NullMarked;
