/// What the sink tells about itself over HTTP. Reachable from loopback only.
@NullMarked
package io.cartlog.sink.status;

import org.jspecify.annotations.NullMarked;
