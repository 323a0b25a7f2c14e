/// What the decider answers. Knows events and values.
@NullMarked
package io.cartlog.schemas.reply;

import org.jspecify.annotations.NullMarked;
