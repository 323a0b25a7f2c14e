package io.cartlog.cli.views;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "status",
        description = {
            "Shows which version of a view is live, and how far the one beside it is.",
            "",
            "With --watch it follows a rebuild to its end: as a bar on a terminal, else as lines of"
                    + " JSON.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog views status",
            "  ./cartlog views status --watch --output json | jq .beside.secondsLeft"
        })
final class ViewsStatusCommand implements Callable<Integer> {
    @Mixin ViewOptions view = new ViewOptions();

    @Option(names = "--watch", description = "until a rebuild that is on its way has ended")
    boolean watch;

    @Override
    public Integer call() throws InterruptedException {
        JsonNode status = view.status(view.service());
        if (watch && status.has("candidate")) {
            return new Watch(view).follow(status);
        }
        view.terminal().print(view.output.json() ? Json.pretty(status) : StatusText.of(status));
        return ExitCode.DONE;
    }
}
