/// Records that could not be applied, and the accounts that wait for them: looking at them, trying
/// again, going on without.
@NullMarked
package io.cartlog.cli.dlq;

import org.jspecify.annotations.NullMarked;
