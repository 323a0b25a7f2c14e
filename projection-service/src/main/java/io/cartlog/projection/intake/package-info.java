/// Where events come in: the topic `cart.events`, read batch by batch into the store of views.
/// Knows Kafka and the views; nothing of the store behind them.
@NullMarked
package io.cartlog.projection.intake;

import org.jspecify.annotations.NullMarked;
