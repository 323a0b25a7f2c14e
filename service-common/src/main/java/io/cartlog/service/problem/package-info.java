/// Errors that are told before a request reaches a service's own code, as RFC 9457 has them.
@NullMarked
package io.cartlog.service.problem;

import org.jspecify.annotations.NullMarked;
