package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "show",
        description = {
            "Shows a record as it stands in the log: key, headers, bytes in hexadecimal, and why it"
                    + " cannot be read.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog dlq show 2@17",
            "  ./cartlog dlq show --account 17850"
        })
final class DlqShowCommand implements Callable<Integer> {
    @Mixin DlqOptions dlq = new DlqOptions();
    @Mixin RecordOptions chosen = new RecordOptions();

    @Override
    public Integer call() {
        chosen.check();
        JsonNode shown = dlq.service().get(chosen.path(dlq));
        dlq.terminal().print(dlq.output.json() ? Json.pretty(shown) : DlqText.shown(shown));
        return ExitCode.DONE;
    }
}
