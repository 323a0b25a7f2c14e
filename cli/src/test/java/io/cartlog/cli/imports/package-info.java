@NullMarked
package io.cartlog.cli.imports;

import org.jspecify.annotations.NullMarked;
