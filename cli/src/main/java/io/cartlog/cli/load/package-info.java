/// Sends rows and commands through the batch endpoint: lanes that keep an account's order, retries
/// that are safe, and a count of what came back.
@NullMarked
package io.cartlog.cli.load;

import org.jspecify.annotations.NullMarked;
