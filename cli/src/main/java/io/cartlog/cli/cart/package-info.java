/// The cart table's own file: items as they stand in the table, one a row. Knows the file's form
/// only; the values are judged by the service that takes them.
@NullMarked
package io.cartlog.cli.cart;

import org.jspecify.annotations.NullMarked;
