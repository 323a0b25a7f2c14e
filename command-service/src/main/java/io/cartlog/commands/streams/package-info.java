/// The decider's shell in Kafka Streams: commands in, events and replies out, exactly once. Knows
/// the rules of [io.cartlog.commands.cart], the schemas and Kafka; nothing of HTTP.
@NullMarked
package io.cartlog.commands.streams;

import org.jspecify.annotations.NullMarked;
