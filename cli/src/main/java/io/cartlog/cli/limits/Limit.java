package io.cartlog.cli.limits;

/// A rate that a store reached.
///
/// @param what was written, and how
/// @param perSecond units
public record Limit(
        String store, String what, String unit, long count, double seconds, long perSecond) {
    static Limit of(String store, String what, String unit, long count, long nanos) {
        double seconds = Math.max(1e-3, nanos / 1e9);
        return new Limit(store, what, unit, count, seconds, Math.round(count / seconds));
    }
}
