/// Talks HTTP to the services. Knows addresses and JSON, not what is in it.
@NullMarked
package io.cartlog.cli.service;

import org.jspecify.annotations.NullMarked;
