/// SQL on the warehouse by JDBC. Knows the driver and nothing of the tables.
@NullMarked
package io.cartlog.cli.warehouse;

import org.jspecify.annotations.NullMarked;
