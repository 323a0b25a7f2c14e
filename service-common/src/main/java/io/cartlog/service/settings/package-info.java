/// A setting that nobody knows stops the start, wherever it comes from.
@NullMarked
package io.cartlog.service.settings;

import org.jspecify.annotations.NullMarked;
