/// The log of events as it stands in Kafka, for reading. The only user of the Kafka consumer here.
@NullMarked
package io.cartlog.cli.log;

import org.jspecify.annotations.NullMarked;
