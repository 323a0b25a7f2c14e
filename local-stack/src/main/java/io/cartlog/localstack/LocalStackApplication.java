package io.cartlog.localstack;

/// Start of the process.
public final class LocalStackApplication {
    private LocalStackApplication() {}

    public static void main(String[] args) {}
}
