package io.cartlog.cli.report;

import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.warehouse.RowPrinter;
import io.cartlog.cli.warehouse.Warehouse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        description = {
            "Prints the answer to a question of the data team, out of the warehouse. Without a name"
                    + " it lists the questions.",
            "",
            "Times are UTC. What the columns mean: docs/data-dictionary.md.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog report",
            "  ./cartlog report sales-by-month --scope sales",
            "  ./cartlog report top-products --limit 10 --output csv",
            "  ./cartlog report sales-by-day --chart sales.svg"
        })
public final class ReportCommand implements Callable<Integer> {
    /// What counts as sold.
    enum Scope {
        all,
        sales
    }

    /// What rows can be printed as.
    enum Format {
        text,
        csv,
        json
    }

    /// For the usage and for completion in shells.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Report.names().iterator();
        }
    }

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "which: ${COMPLETION-CANDIDATES}")
    @Nullable String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "text, csv or json; json prints nothing but JSON on stdout (default:"
                            + " ${DEFAULT-VALUE})")
    Format format = Format.text;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "all",
            description =
                    "all: net of returns and adjustments; sales: positive sales only (quantity and"
                            + " price above 0) (default: ${DEFAULT-VALUE})")
    Scope scope = Scope.all;

    @Option(names = "--limit", paramLabel = "ROWS", description = "the first of them only")
    @Nullable Integer limit;

    @Option(names = "--wide", description = "every column that the view has")
    boolean wide;

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "draws it as well, into a file that ends in .png or .svg")
    @Nullable Path chart;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            require(chart == null && limit == null && !wide, "say which report: NAME is missing");
            list(printer(out));
        } else {
            print(asked(name), out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Report asked(String asked) {
        Report report = Report.named(asked).orElseThrow(() -> unknown(asked));
        require(limit == null || limit > 0, "--limit is at least 1");
        require(
                report.scoped() || scope == Scope.all,
                asked + " has no scopes: what it counts is no sale");
        require(
                chart == null || ChartFile.isOne(chart),
                "--chart wants a file that ends in .png or .svg");
        require(
                chart == null || report.drawing() != null,
                asked + " is a list without figures, and cannot be drawn");
        return report;
    }

    private ParameterException unknown(String asked) {
        return new ParameterException(
                spec.commandLine(),
                "there is no report '%s', but %s"
                        .formatted(asked, String.join(", ", Report.names().toList())));
    }

    private void require(boolean holds, String message) {
        Checks.require(holds, spec, message);
    }

    private void print(Report report, PrintWriter out) {
        ReportRows rows = new ReportRows(printer(out), chart != null);
        new Warehouse(stack.stack().status().warehouse())
                .query(report.sql(scope.name(), limit, wide), rows);
        if (chart != null) {
            new ChartFile(chart).draw(report, scope.name(), rows);
        }
    }

    private static void list(RowPrinter rows) {
        try {
            rows.begin(List.of("report", "question"));
            for (Report report : Report.ALL) {
                rows.row(List.of(report.name(), report.question()));
            }
            rows.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RowPrinter printer(PrintWriter out) {
        return switch (format) {
            case text -> RowPrinter.table(out);
            case csv -> RowPrinter.csv(out);
            case json -> RowPrinter.json(out);
        };
    }
}
