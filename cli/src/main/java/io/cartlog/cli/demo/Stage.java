package io.cartlog.cli.demo;

/// A part of the demo.
///
/// @param count of what it handled, 0 where nothing is counted
/// @param rate units in a second
public record Stage(String name, double seconds, long count, String unit, long rate) {
    static Stage of(String name, long nanos, long count, String unit) {
        double seconds = nanos / 1e9;
        return new Stage(
                name,
                Math.round(seconds * 1000) / 1000.0,
                count,
                unit,
                Math.round(count / Math.max(1e-3, seconds)));
    }
}
