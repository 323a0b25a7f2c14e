package io.cartlog.commands;

/// Start of the process.
public final class CommandServiceApplication {
    private CommandServiceApplication() {}

    public static void main(String[] args) {}
}
