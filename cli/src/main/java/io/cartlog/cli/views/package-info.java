/// The versions of the views: building one anew, watching it, comparing, promoting, going back.
@NullMarked
package io.cartlog.cli.views;

import org.jspecify.annotations.NullMarked;
