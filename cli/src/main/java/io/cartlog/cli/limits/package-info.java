/// What the stores themselves can take on this machine, measured with scratch tables and topics
/// that are gone afterwards: the yardstick beside the pipeline's own rates.
@NullMarked
package io.cartlog.cli.limits;

import org.jspecify.annotations.NullMarked;
