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
        name = "behaviour",
        description = {
            "Loads a CSV of what shoppers did on a site: event_time,event_type,product_id,"
                    + "category_id,category_code,brand,price,user_id,user_session.",
            "",
            "Rules:",
            "  Every row is a click of account user_id. cart, remove_from_cart and purchase are"
                    + " commands of the account too, and the click names its command.",
            "  A purchase takes its product out of the cart, if it lies there; it is a purchase all"
                    + " the same if not. What is bought in one session is one order.",
            "  Rows that equal another in every column are kept.",
            "  A broken row, and a last line that is cut off, is reported with its number and the"
                    + " reason; the others go on.",
            "  Loading a file again, or its beginning, adds nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog load behaviour 2019-Oct.csv.gz",
            "  ./cartlog load behaviour 2019-Oct.csv --limit 1000 --rejects rejects.csv",
            "  ./cartlog load behaviour 2019-Oct.csv --output json > result.json"
        })
public final class LoadBehaviourCommand implements Callable<Integer> {
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
        BehaviourReport report =
                new BehaviourLoading(loaded.status().http(), loaded.opsTokens(), options, terminal)
                        .load(file, limit);
        terminal.print(output.json() ? Json.pretty(report) : report.text());
        return ExitCode.DONE;
    }
}
