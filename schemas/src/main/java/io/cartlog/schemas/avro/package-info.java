/// Records to bytes and back; the only user of the generated classes.
@NullMarked
package io.cartlog.schemas.avro;

import org.jspecify.annotations.NullMarked;
