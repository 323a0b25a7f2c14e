/// Prints tokens for people and scripts.
@NullMarked
package io.cartlog.cli.token;

import org.jspecify.annotations.NullMarked;
