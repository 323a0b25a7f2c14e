/// The data team's questions, each answered by a view of the warehouse, printed or drawn. Knows
/// which view answers which question; how it does stands in the view.
@NullMarked
package io.cartlog.cli.report;

import org.jspecify.annotations.NullMarked;
