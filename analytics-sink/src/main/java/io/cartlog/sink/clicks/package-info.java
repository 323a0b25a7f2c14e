/// Clicks: from their topic straight into the warehouse, each once, and the proof of it. Knows the
/// topic, the dead letters and the warehouse's tables of clicks; knows nothing of the lake.
@NullMarked
package io.cartlog.sink.clicks;

import org.jspecify.annotations.NullMarked;
