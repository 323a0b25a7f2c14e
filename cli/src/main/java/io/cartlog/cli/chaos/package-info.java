/// Breaks something in a running stack on purpose, while shoppers write and read, and says whether
/// anybody noticed.
@NullMarked
package io.cartlog.cli.chaos;

import org.jspecify.annotations.NullMarked;
