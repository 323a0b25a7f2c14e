/// Start of the module.
@NullMarked
package io.cartlog.commands;

import org.jspecify.annotations.NullMarked;
