/// The log: reads events from Kafka, and puts what cannot be read into the dead letters. Knows
/// Kafka and the language of the log; knows nothing of lake or warehouse.
@NullMarked
package io.cartlog.sink.intake;

import org.jspecify.annotations.NullMarked;
