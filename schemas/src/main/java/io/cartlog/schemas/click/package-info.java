/// What shoppers do on the site, which is no command and no event of a cart.
@NullMarked
package io.cartlog.schemas.click;

import org.jspecify.annotations.NullMarked;
