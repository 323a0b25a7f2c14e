package io.cartlog.cli.load;

import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "cart",
        description = {
            "Loads a CSV of the cart table's items: AccountID,CreateTimestamp,ItemSKU,Status,OrderId"
                    + " in any order, or the table's keys SK,GSI1SK,ItemSKU; further columns are"
                    + " not read. UTF-8.",
            "",
            "Rules:",
            "  ItemSKU is JSON: {\"ProductId\":\"P-1001\",\"Quantity\":2,\"Price\":199.99,"
                    + "\"Category\":\"TV\"}. Prices keep the file's digits.",
            "  ACTIVE adds to the cart, SAVED to the saved list; PURCHASED is a till's line of"
                    + " OrderId, which has no category.",
            "  A row that is there twice is one item, in one file or in several.",
            "  A row is one line. A broken one is reported with its number and the reason; the"
                    + " others go on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog load cart retail_cart_chall.csv",
            "  ./cartlog load cart retail_cart_chall.csv.gz --rejects rejects.csv --output json"
        })
public final class LoadCartCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin LoadOptions options = new LoadOptions();
    @Mixin TextOutput output = new TextOutput();

    @Parameters(paramLabel = "FILE", description = "the file, plain or .gz")
    Path file = Path.of("");

    @Option(names = "--limit", paramLabel = "N", description = "loads the first N rows only")
    long limit = Long.MAX_VALUE;

    @Override
    public Integer call() {
        Checks.require(limit >= 1, spec, "--limit must be at least 1");
        Checks.usage(spec, options::pace);
        Terminal terminal = Terminal.of(spec);
        Stack loaded = stack.stack();
        LoadReport report =
                new Loading(loaded.status().http(), loaded.opsTokens(), options, terminal)
                        .cart(file, limit);
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return ExitCode.DONE;
    }
}
