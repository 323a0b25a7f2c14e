package io.cartlog.sink;

/// Start of the process.
public final class AnalyticsSinkApplication {
    private AnalyticsSinkApplication() {}

    public static void main(String[] args) {}
}
