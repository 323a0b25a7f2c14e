package io.cartlog.cli.views;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "diff",
        description = {
            "Says how many items differ between the live version and the one beside it, and names"
                    + " the first hundred; exit code 3 if any does.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog views diff",
            "  ./cartlog views diff --output json | jq .samples"
        })
final class ViewsDiffCommand implements Callable<Integer> {
    @Mixin ViewOptions view = new ViewOptions();

    @Override
    public Integer call() {
        JsonNode report = view.report("diff", Map.of());
        view.terminal().print(view.output.json() ? Json.pretty(report) : ReportText.diff(report));
        return report.path("items").asLong() + report.path("moving").asLong() == 0
                ? ExitCode.DONE
                : ExitCode.DIFFERENCE;
    }
}
