/// The views of an account and the table they stand in: what an event changes, what an item looks
/// like, what a reader may see. Pure: knows the JDK and the language of the log only.
@NullMarked
package io.cartlog.projection.view;

import org.jspecify.annotations.NullMarked;
