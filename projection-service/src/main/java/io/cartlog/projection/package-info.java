/// Start of the module.
@NullMarked
package io.cartlog.projection;

import org.jspecify.annotations.NullMarked;
