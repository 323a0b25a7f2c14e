/// Start of the module.
@NullMarked
package io.cartlog.localstack;

import org.jspecify.annotations.NullMarked;
