/// How far behind the log a store is, in seconds, for every service that fills one.
@NullMarked
package io.cartlog.service.freshness;

import org.jspecify.annotations.NullMarked;
