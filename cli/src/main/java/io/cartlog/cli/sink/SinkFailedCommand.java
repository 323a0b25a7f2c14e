package io.cartlog.cli.sink;

import io.cartlog.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "failed",
        description = {
            "Names the files of the lake that the warehouse could not load, with the offsets that are"
                    + " missing there and why; if there are any, the exit code is 3.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog sink failed",
            "  ./cartlog sink failed --output json | jq -r .files[].location"
        })
final class SinkFailedCommand implements Callable<Integer> {
    @Mixin SinkOptions sink = new SinkOptions();

    @Override
    public Integer call() {
        JsonNode answer = sink.service().get(SinkOptions.QUARANTINE);
        sink.print(answer, SinkText::failed);
        return answer.path("files").isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
