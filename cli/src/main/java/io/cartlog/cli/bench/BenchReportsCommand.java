package io.cartlog.cli.bench;

import io.cartlog.cli.report.Report;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import io.cartlog.cli.warehouse.ScaledWarehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reports",
        description = {
            "Asks every report of a copy of the warehouse, in which every row stands once, four"
                    + " times, sixteen times, and prints how the seconds grow with the rows.",
            "",
            "The copies are schemas of their own (scaled_warehouse, scaled_marts), dropped"
                    + " afterwards; the real tables are only read. A copy takes the room of the real"
                    + " tables as often as it has their rows.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog bench reports",
            "  ./cartlog bench reports --scale 1 --most 1   # exit code 3 if one takes longer",
            "  ./cartlog bench reports --scale 1,4 --output json | jq '.reports[].growth'"
        })
public final class BenchReportsCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--scale",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,4,16",
            description = "how often every row stands in each copy (default: ${DEFAULT-VALUE})")
    List<Integer> scale = List.of(1, 4, 16);

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "of each report; the fastest counts (default: ${DEFAULT-VALUE})")
    int runs = 3;

    @Option(
            names = "--most",
            paramLabel = "SECONDS",
            description = "of the first copy's reports; if one takes longer, the exit code is 3")
    @Nullable Double most;

    @Override
    public Integer call() {
        Checks.require(scale.stream().allMatch(n -> n > 0), spec, "--scale is at least 1");
        Checks.require(runs > 0, spec, "--runs is at least 1");
        Terminal terminal = Terminal.of(spec);
        String url = stack.stack().status().warehouse();
        ReportTimes times =
                ReportTimes.of(scale.stream().map(n -> copy(url, n, terminal)).toList());
        terminal.print(output.json() ? Json.pretty(times) : times.text());
        return most == null || times.slowest() <= most ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    private ReportTimes.Copy copy(String url, int times, Terminal terminal) {
        terminal.say("copying the warehouse, every row %d times".formatted(times));
        try (ScaledWarehouse warehouse = ScaledWarehouse.of(url, times);
                Gauge gauge = terminal.gauge("ask", "reports", Report.ALL.size())) {
            List<ScaledWarehouse.Answer> answers = new ArrayList<>();
            for (Report report : Report.ALL) {
                answers.add(fastest(warehouse, report.sql("all", null, false)));
                gauge.at(answers.size());
            }
            return new ReportTimes.Copy(
                    times,
                    warehouse.rows("warehouse.events"),
                    warehouse.rows("warehouse.order_lines"),
                    warehouse.rows("warehouse.clicks"),
                    answers);
        }
    }

    private ScaledWarehouse.Answer fastest(ScaledWarehouse warehouse, String query) {
        ScaledWarehouse.Answer best = warehouse.ask(query);
        for (int run = 1; run < runs; run++) {
            ScaledWarehouse.Answer next = warehouse.ask(query);
            best = next.seconds() < best.seconds() ? next : best;
        }
        return best;
    }
}
