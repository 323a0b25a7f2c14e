package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "list",
        description = {
            "Lists the records that could not be applied, which accounts wait for them, and what was"
                    + " decided.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog dlq list",
            "  ./cartlog dlq list --output json | jq '.letters[] | select(.state == \"PARKED\")'"
        })
final class DlqListCommand implements Callable<Integer> {
    @Mixin DlqOptions dlq = new DlqOptions();

    @Override
    public Integer call() {
        JsonNode all = dlq.letters();
        dlq.terminal()
                .print(dlq.output.json() ? Json.pretty(all) : DlqText.list(all.path("letters")));
        return ExitCode.DONE;
    }
}
