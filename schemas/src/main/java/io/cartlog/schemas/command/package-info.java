/// What a client may wish for. Knows the values only.
@NullMarked
package io.cartlog.schemas.command;

import org.jspecify.annotations.NullMarked;
