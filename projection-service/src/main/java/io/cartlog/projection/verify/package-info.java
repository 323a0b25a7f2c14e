/// The proof that the views are what the log says: both are read from end to end and compared,
/// account by account. Shares nothing with the intake but the pure fold, and trusts no position,
/// head or cache.
@NullMarked
package io.cartlog.projection.verify;

import org.jspecify.annotations.NullMarked;
