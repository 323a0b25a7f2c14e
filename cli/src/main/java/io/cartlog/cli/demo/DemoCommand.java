package io.cartlog.cli.demo;

import io.cartlog.cli.load.LoadOptions;
import io.cartlog.cli.load.LoadReport;
import io.cartlog.cli.load.Loading;
import io.cartlog.cli.load.ShopOptions;
import io.cartlog.cli.shop.Play;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Starts the stack, loads, waits until views, lake and warehouse have everything,"
                    + " reconciles, measures what the stores can take, prints what happened, and"
                    + " stops the stack. A stack that was running already is used and goes on.",
            "",
            "The data stays: a second demo on the same data adds nothing, and must agree again."
                    + " Exit code 3 says that something did not.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog demo",
            "  ./cartlog demo --retail data.csv.gz --report report.json",
            "  ./cartlog demo --retail data.csv.gz --limit 10000 --stay"
        })
public final class DemoCommand implements Callable<Integer> {
    /// Commands that are decided before a compiler that works longer pays off.
    private static final long FEW = 20_000;

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin LoadOptions loadOptions = new LoadOptions();
    @Mixin ShopOptions shop = new ShopOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--retail",
            paramLabel = "FILE",
            description = "loads this CSV, plain or .gz; without it, generated shoppers")
    @Nullable Path retail;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "loads the first N rows of the file only")
    long limit = Long.MAX_VALUE;

    @Option(names = "--report", paramLabel = "FILE", description = "writes what happened as JSON")
    @Nullable Path report;

    @Option(names = "--stay", description = "leaves the stack running and prints its addresses")
    boolean stay;

    @Option(
            names = "--fresh",
            description = "deletes the data folder first; the stack must not be running")
    boolean fresh;

    @Override
    public Integer call() {
        Checks.require(limit >= 1, spec, "--limit must be at least 1");
        Checks.usage(spec, loadOptions::pace);
        Play play = Checks.usage(spec, shop::play);
        Terminal terminal = Terminal.of(spec);
        Stack stack = isShort() ? stackOptions.shortLivedStack() : stackOptions.stack();
        boolean wasUp = stack.status().allUp();
        if (fresh) {
            deleteData(stack);
        }
        boolean stays = stay || wasUp;
        try {
            DemoReport result =
                    new Demo(stack, terminal)
                            .run(addresses -> load(stack, addresses, play, terminal));
            write(result);
            terminal.print(output.json() ? Json.pretty(result) : DemoText.of(result, stays));
            return result.reconciled() ? ExitCode.DONE : ExitCode.DIFFERENCE;
        } finally {
            if (!stays) {
                stack.down();
            }
        }
    }

    private boolean isShort() {
        return retail == null && shop.commands() <= FEW && !stay;
    }

    private LoadReport load(Stack stack, StackStatus addresses, Play play, Terminal terminal) {
        Loading loading = new Loading(addresses.http(), stack.opsTokens(), loadOptions, terminal);
        return retail == null
                ? loading.visited(play, shop.commands())
                : loading.retail(retail, StandardCharsets.ISO_8859_1, limit);
    }

    private void write(DemoReport result) {
        if (report == null) {
            return;
        }
        try {
            Files.writeString(report, Json.pretty(result) + "\n");
        } catch (IOException e) {
            throw new CommandFailedException(report + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void deleteData(Stack stack) {
        boolean running = stack.status().processes().stream().anyMatch(p -> p.pid() != null);
        if (running) {
            throw new CommandFailedException(
                    "--fresh would delete the data of a running stack; stop it first (./cartlog"
                            + " down)");
        }
        stack.wipe();
    }
}
