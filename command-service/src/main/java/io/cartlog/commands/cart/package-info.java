/// The rules of the cart. Knows the JDK and the schemas only; reads no clock and draws no ids, so
/// the same commands always make the same events.
@NullMarked
package io.cartlog.commands.cart;

import org.jspecify.annotations.NullMarked;
