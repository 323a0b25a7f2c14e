/// The command line: parses, hands over to the package that does the work, ends with its exit code.
@NullMarked
package io.cartlog.cli;

import org.jspecify.annotations.NullMarked;
