/// Files that are dropped into the bucket under `imports/`: found, read in ranges, loaded, each
/// once, with a report of it under `imported/`.
@NullMarked
package io.cartlog.cli.imports;

import org.jspecify.annotations.NullMarked;
