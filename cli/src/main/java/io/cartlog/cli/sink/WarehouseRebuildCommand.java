package io.cartlog.cli.sink;

import io.cartlog.cli.service.LongAnswer;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "rebuild",
        description = {
            "Builds events and order lines anew out of the lake, compares them with log and lake, and"
                    + " puts them in the place of what is there, in one transaction. If they differ,"
                    + " nothing is changed and the exit code is 3.",
            "",
            "Reports go on with the old rows until it is done; new events wait.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog warehouse rebuild",
            "  ./cartlog warehouse rebuild --output json | jq .rebuilt"
        })
final class WarehouseRebuildCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin SinkOptions sink = new SinkOptions();

    @Override
    public Integer call() {
        JsonNode report =
                LongAnswer.report(
                        sink.service(),
                        "/internal/warehouse/rebuild",
                        "rebuild",
                        Terminal.of(spec));
        sink.print(report, SinkText::rebuilt);
        return report.path("rebuilt").asBoolean() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
