package io.cartlog.cli.sink;

import io.cartlog.cli.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = {"Shows how far the log is in the lake, and the lake in the warehouse.", ""},
        footer = {
            "",
            "Examples:",
            "  ./cartlog sink status",
            "  ./cartlog sink status --output json | jq .lag"
        })
final class SinkStatusCommand implements Callable<Integer> {
    @Mixin SinkOptions sink = new SinkOptions();

    @Override
    public Integer call() {
        sink.print(sink.service().get(SinkOptions.PROGRESS), SinkText::progress);
        return ExitCode.DONE;
    }
}
