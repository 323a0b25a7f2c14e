package io.cartlog.sink.clicks;

import io.cartlog.sink.row.Offsets;

/// What the warehouse has of the clicks.
///
/// @param offsets up to which the topic is in the warehouse
/// @param clicks rows, each click once
/// @param repeated records that were clicks which the warehouse had
/// @param unreadable records that are in the dead letters
public record ClickLedger(Offsets offsets, long clicks, long repeated, long unreadable) {
    static final ClickLedger EMPTY = new ClickLedger(Offsets.START, 0, 0, 0);
}
