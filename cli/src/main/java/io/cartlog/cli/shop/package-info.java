/// Shoppers of our own (S0-31): what they do, drawn from a seed. Pure; the same seed makes the same
/// commands with the same keys.
@NullMarked
package io.cartlog.cli.shop;

import org.jspecify.annotations.NullMarked;
