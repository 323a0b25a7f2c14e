/// The original "Online Retail" file: its rows, the rules by which they are read, their keys. Knows
/// the file's form only; the rows' values are judged by the service that takes them.
@NullMarked
package io.cartlog.cli.retail;

import org.jspecify.annotations.NullMarked;
