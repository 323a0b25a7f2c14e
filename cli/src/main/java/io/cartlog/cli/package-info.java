/// Start of the module.
@NullMarked
package io.cartlog.cli;

import org.jspecify.annotations.NullMarked;
