package io.cartlog.cli.dlq;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

@Command(
        name = "retry",
        description = {
            "Reads a record again that an account waits for, and applies what waits behind it, in"
                    + " order; the exit code is 3 if the account still waits.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog dlq retry 2@17",
            "  ./cartlog dlq retry --account 17850"
        })
final class DlqRetryCommand implements Callable<Integer> {
    @Mixin DlqOptions dlq = new DlqOptions();
    @Mixin RecordOptions chosen = new RecordOptions();

    @Override
    public Integer call() {
        chosen.check();
        JsonNode result = dlq.service().post(chosen.path(dlq) + "/retry");
        return print(dlq, result);
    }

    static int print(DlqOptions dlq, JsonNode result) {
        dlq.terminal().print(dlq.output.json() ? Json.pretty(result) : DlqText.result(result));
        return result.path("state").asString("").equals("PARKED")
                ? ExitCode.DIFFERENCE
                : ExitCode.DONE;
    }
}
