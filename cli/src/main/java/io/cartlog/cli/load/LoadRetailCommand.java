package io.cartlog.cli.load;

import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "retail",
        description = {
            "Loads the \"Online Retail\" CSV: InvoiceNo,StockCode,Description,Quantity,InvoiceDate,"
                    + "UnitPrice,CustomerID,Country.",
            "",
            "Rules:",
            "  CustomerID 17850.0 is account 17850.",
            "  A row without CustomerID belongs to the guest account of its invoice.",
            "  Rows of \"C\" invoices are returns.",
            "  Rows of \"A\" invoices, and negative quantities elsewhere, are adjustments.",
            "  A stock code that is repeated in an invoice, and a row that equals another in every"
                    + " column, is kept.",
            "  A row is one line. A broken one is reported with its number and the reason; the"
                    + " others go on.",
            "  Loading a file again, or a part of it, adds nothing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog load retail data.csv.gz",
            "  ./cartlog load retail data.csv.gz --verify",
            "  ./cartlog load retail data.csv --limit 10000 --rejects rejects.csv",
            "  ./cartlog load retail data.csv --output json > result.json"
        })
public final class LoadRetailCommand implements Callable<Integer> {
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

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            defaultValue = "ISO-8859-1",
            description = "the file's characters (default: ${DEFAULT-VALUE})")
    Charset encoding = java.nio.charset.StandardCharsets.ISO_8859_1;

    @Option(
            names = "--verify",
            description =
                    "then reads every invoice and every account's invoices back, and compares them"
                            + " with the file; the exit code is 3 if one differs")
    boolean verify;

    @Override
    public Integer call() throws InterruptedException {
        Checks.require(limit >= 1, spec, "--limit must be at least 1");
        Checks.usage(spec, options::pace);
        Terminal terminal = Terminal.of(spec);
        Stack loaded = stack.stack();
        LoadReport report =
                new Loading(loaded.status().http(), loaded.opsTokens(), options, terminal)
                        .retail(file, encoding, limit);
        if (!verify) {
            terminal.print(output.json() ? Json.pretty(report) : report.text());
            return ExitCode.DONE;
        }
        return verified(loaded, report, terminal);
    }

    private int verified(Stack loaded, LoadReport report, Terminal terminal)
            throws InterruptedException {
        awaitViews(loaded);
        Service door = new Service("command-service", loaded.status().http(), loaded.opsTokens());
        Set<Long> broken =
                report.counts().brokenLines().stream()
                        .map(LoadReport.BrokenLine::line)
                        .collect(Collectors.toSet());
        ReadBack.Report readBack = ReadBack.compare(file, encoding, limit, broken, door, terminal);
        terminal.print(
                output.json()
                        ? Json.pretty(Map.of("load", report, "readBack", readBack))
                        : report.text() + "\n\n" + readBack.text());
        return readBack.equal() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    /// Until they have what was loaded.
    private static void awaitViews(Stack loaded) throws InterruptedException {
        Service projection =
                new Service("projection-service", loaded.status().projection(), loaded.opsTokens());
        while (projection.get("/internal/progress").path("lag").asLong(-1) != 0) {
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }
}
