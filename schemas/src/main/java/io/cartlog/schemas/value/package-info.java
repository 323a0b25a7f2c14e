/// The words of the shop: ids, money, lines. Knows the JDK only; a value that exists is valid.
@NullMarked
package io.cartlog.schemas.value;

import org.jspecify.annotations.NullMarked;
