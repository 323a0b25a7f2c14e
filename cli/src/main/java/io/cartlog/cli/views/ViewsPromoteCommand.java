package io.cartlog.cli.views;

import io.cartlog.cli.service.Service.RefusedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "promote",
        description = {
            "Makes the version that was built the live one, once it is level with it on every"
                    + " partition of the log.",
            "",
            "With --max-change the two are compared first; the exit code is 3 if more would change.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog views promote",
            "  ./cartlog views promote --max-change 0"
        })
final class ViewsPromoteCommand implements Callable<Integer> {
    @Mixin ViewOptions view = new ViewOptions();

    @Option(
            names = "--max-change",
            paramLabel = "N",
            description = "only if at most so many items change")
    @Nullable Long maxChange;

    @Override
    public Integer call() {
        try {
            JsonNode status =
                    view.post(
                            "promote",
                            maxChange == null
                                    ? Map.of()
                                    : Map.of("maxChange", Long.toString(maxChange)));
            view.terminal().print(view.output.json() ? Json.pretty(status) : StatusText.of(status));
            return ExitCode.DONE;
        } catch (RefusedException e) {
            if (!e.code().equals("too-many-changes")) {
                throw e;
            }
            view.terminal().say("cartlog: " + e.getMessage());
            return ExitCode.DIFFERENCE;
        }
    }
}
