package io.cartlog.projection;

/// Start of the process.
public final class ProjectionServiceApplication {
    private ProjectionServiceApplication() {}

    public static void main(String[] args) {}
}
