package io.cartlog.cli.views;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "rollback",
        description = {
            "Makes the version live again that was live before. It was kept level meanwhile, so"
                    + " nothing is lost; the one that is left is kept in turn.",
            ""
        })
final class ViewsRollbackCommand implements Callable<Integer> {
    @Mixin ViewOptions view = new ViewOptions();

    @Override
    public Integer call() {
        JsonNode status = view.post("rollback", Map.of());
        view.terminal().print(view.output.json() ? Json.pretty(status) : StatusText.of(status));
        return ExitCode.DONE;
    }
}
