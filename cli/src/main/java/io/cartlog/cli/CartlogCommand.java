package io.cartlog.cli;

/// Start of the process.
public final class CartlogCommand {
    private CartlogCommand() {}

    public static void main(String[] args) {}
}
