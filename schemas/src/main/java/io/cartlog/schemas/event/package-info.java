/// What has happened. Knows the values only.
@NullMarked
package io.cartlog.schemas.event;

import org.jspecify.annotations.NullMarked;
