/// What a person or a script sees: tables, JSON, progress, exit codes. Knows nothing of Cartlog.
@NullMarked
package io.cartlog.cli.terminal;

import org.jspecify.annotations.NullMarked;
