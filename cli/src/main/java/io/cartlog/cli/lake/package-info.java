/// The lake: as files for those who expect files, and its upkeep. Knows what analytics-sink answers
/// under `/internal/lake`.
@NullMarked
package io.cartlog.cli.lake;

import org.jspecify.annotations.NullMarked;
