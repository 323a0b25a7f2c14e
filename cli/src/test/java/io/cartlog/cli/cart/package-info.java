@NullMarked
package io.cartlog.cli.cart;

import org.jspecify.annotations.NullMarked;
