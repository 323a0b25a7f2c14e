package io.cartlog.cli.load;

import io.cartlog.cli.shop.Play;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "generated",
        description = {
            "Loads shoppers of our own: 8-digit accounts, products P-1000 to P-9999 in five"
                    + " categories at 1.00 to 3500.00, who add, change, remove, save, move and check"
                    + " out. Of what they keep, one in five products stays in the cart, one in five"
                    + " on the saved list, and three in five are bought.",
            "",
            "The same numbers and seed make the same commands with the same keys, so loading them"
                    + " again adds nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog load generated",
            "  ./cartlog load generated --accounts 10000 --commands 200000 --seed 7"
        })
public final class LoadGeneratedCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin LoadOptions options = new LoadOptions();
    @Mixin ShopOptions shop = new ShopOptions();
    @Mixin TextOutput output = new TextOutput();

    @Override
    public Integer call() {
        Checks.usage(spec, options::pace);
        Play play = Checks.usage(spec, shop::play);
        Terminal terminal = Terminal.of(spec);
        Stack loaded = stack.stack();
        LoadReport report =
                new Loading(loaded.status().http(), loaded.opsTokens(), options, terminal)
                        .generated(play, shop.commands());
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return ExitCode.DONE;
    }
}
