/// Each topic once: its name and the codec of its values.
@NullMarked
package io.cartlog.schemas.topic;

import org.jspecify.annotations.NullMarked;
