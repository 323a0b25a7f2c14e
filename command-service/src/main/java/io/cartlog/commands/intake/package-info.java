/// The front door: HTTP in, commands to the log, replies from the log back out. Knows the schemas,
/// the limits of [io.cartlog.commands.cart], Spring MVC and the Kafka clients.
@NullMarked
package io.cartlog.commands.intake;

import org.jspecify.annotations.NullMarked;
