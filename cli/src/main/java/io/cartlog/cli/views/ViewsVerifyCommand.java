package io.cartlog.cli.views;

import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
        name = "verify",
        description = {
            "Folds the log and compares it with a version of the view, account by account; names"
                    + " every key that differs and every account that is parked, and then the exit"
                    + " code is 3.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog views verify",
            "  ./cartlog views verify --account 17850",
            "  ./cartlog views verify --sample 5",
            "  ./cartlog views verify --version-number 2"
        })
final class ViewsVerifyCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ViewOptions view = new ViewOptions();

    @Option(names = "--account", paramLabel = "A", description = "this account only")
    @Nullable String account;

    @Option(
            names = "--sample",
            paramLabel = "P",
            defaultValue = "100",
            description = "so many percent of the accounts, always the same (default: all)")
    double sample = 100;

    @Option(
            names = "--version-number",
            paramLabel = "N",
            description = "the version beside the live one (default: the live one)")
    @Nullable Integer version;

    @Override
    public Integer call() {
        Checks.require(
                sample > 0 && sample <= 100, spec, "--sample is more than 0 and at most 100");
        JsonNode report = view.report("verify", parameters());
        view.terminal()
                .print(view.output.json() ? Json.pretty(report) : ReportText.verified(report));
        return report.at("/views/differenceCount").asLong(-1) == 0
                        && report.at("/views/parked").isEmpty()
                ? ExitCode.DONE
                : ExitCode.DIFFERENCE;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("sample", Double.toString(sample));
        if (account != null) {
            parameters.put("account", account);
        }
        if (version != null) {
            parameters.put("version", Integer.toString(version));
        }
        return parameters;
    }
}
