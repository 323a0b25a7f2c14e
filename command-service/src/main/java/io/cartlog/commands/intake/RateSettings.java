package io.cartlog.commands.intake;

/// How many requests an account may send.
///
/// @param perSecond in the long run
/// @param burst at once, after a pause
public record RateSettings(int perSecond, int burst) {

    /// @throws IllegalArgumentException if one of them is below 1
    public RateSettings {
        check("requests-per-second", perSecond);
        check("request-burst", burst);
    }

    private static void check(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("cartlog.limits." + name + " must be at least 1");
        }
    }
}
