/// The bucket, and the only place that talks to it.
@NullMarked
package io.cartlog.cli.s3;

import org.jspecify.annotations.NullMarked;
