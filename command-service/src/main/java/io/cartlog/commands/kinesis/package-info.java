/// Rows that come by a Kinesis stream: its shards, and how far each is taken.
@NullMarked
package io.cartlog.commands.kinesis;

import org.jspecify.annotations.NullMarked;
