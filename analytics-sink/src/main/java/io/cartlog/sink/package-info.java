/// Start of the module.
@NullMarked
package io.cartlog.sink;

import org.jspecify.annotations.NullMarked;
