/// What an analyst sees of an event: one flat row. Pure; knows the JDK and the language of the log
/// only, reads no clock and draws no ids.
@NullMarked
package io.cartlog.sink.row;

import org.jspecify.annotations.NullMarked;
