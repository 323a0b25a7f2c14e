package io.cartlog.cli.warehouse;

import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.TableOutput;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        description = {
            "Runs one SQL statement on the warehouse, in a read-only transaction unless --write is"
                    + " given. Times are UTC.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog sql \"SELECT kind, count(*), sum(amount) FROM marts.order_lines GROUP BY"
                    + " kind\"",
            "  ./cartlog sql \"SELECT * FROM marts.cart_events ORDER BY recorded_at LIMIT 10\""
                    + " --output csv",
            "  ./cartlog sql \"SELECT count(*) FROM marts.order_lines\" --output json"
        })
public final class SqlCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TableOutput output = new TableOutput();

    @Parameters(paramLabel = "STATEMENT", description = "the statement, in quotes")
    String sql = "";

    @Option(names = "--write", description = "lets the statement change something, and commits it")
    boolean write;

    @Override
    public Integer call() {
        Checks.require(!sql.isBlank(), spec, "the statement is empty");
        Warehouse warehouse = new Warehouse(stack.stack().status().warehouse());
        PrintWriter out = spec.commandLine().getOut();
        if (write) {
            warehouse.change(sql, printer(out));
        } else {
            warehouse.query(sql, printer(out));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private RowPrinter printer(PrintWriter out) {
        return switch (output.format()) {
            case table -> RowPrinter.table(out);
            case csv -> RowPrinter.csv(out);
            case json -> RowPrinter.json(out);
        };
    }
}
