package io.cartlog.cli.views;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "drop",
        description = {
            "Gives up the version beside the live one: one that is being built, or the previous"
                    + " one. Its table is deleted.",
            ""
        })
final class ViewsDropCommand implements Callable<Integer> {
    @Mixin ViewOptions view = new ViewOptions();

    @Override
    public Integer call() {
        JsonNode status = view.post("drop", Map.of());
        view.terminal().print(view.output.json() ? Json.pretty(status) : StatusText.of(status));
        return ExitCode.DONE;
    }
}
