package io.cartlog.cli.sink;

import io.cartlog.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "load",
        description = {
            "Brings what the log holds now into the lake and the warehouse, and waits until it is"
                    + " there; for schedules that do not want to wait for the next commit. The exit"
                    + " code is 3 if files are left out because they cannot be loaded.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog sink load",
            "  ./cartlog sink load && ./cartlog report weekly-report --output csv"
        })
final class SinkLoadCommand implements Callable<Integer> {
    @Mixin SinkOptions sink = new SinkOptions();

    @Override
    public Integer call() {
        JsonNode progress = sink.service().post(SinkOptions.FLUSH);
        sink.print(progress, SinkText::progress);
        return progress.path("quarantined").asLong() == 0 ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
