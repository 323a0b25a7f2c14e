/// Puts together what the services found when they compared log, views, lake and warehouse. Each of
/// them folds the log by itself, so their two readings of it are compared as well.
@NullMarked
package io.cartlog.cli.reconcile;

import org.jspecify.annotations.NullMarked;
