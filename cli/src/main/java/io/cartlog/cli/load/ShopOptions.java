package io.cartlog.cli.load;

import io.cartlog.cli.shop.Play;
import picocli.CommandLine.Option;

/// How many shoppers there are and what they do.
public final class ShopOptions {
    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "200",
            description = "shoppers (default: ${DEFAULT-VALUE})")
    int accounts = 200;

    @Option(
            names = "--commands",
            paramLabel = "N",
            defaultValue = "5000",
            description = "what they do in all (default: ${DEFAULT-VALUE})")
    long commands = 5_000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "another seed makes other shoppers (default: ${DEFAULT-VALUE})")
    long seed = 1;

    /// @throws IllegalArgumentException if the numbers do not go together
    public Play play() {
        return new Play(seed, accounts, commands);
    }

    public long commands() {
        return commands;
    }
}
