@NullMarked
package io.cartlog.cli.lake;

import org.jspecify.annotations.NullMarked;
