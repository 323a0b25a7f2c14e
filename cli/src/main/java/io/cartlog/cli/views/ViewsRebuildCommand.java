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
        name = "rebuild",
        description = {
            "Fills a new version of a view out of the log, beside the one that is read, and changes"
                    + " over when it is level.",
            "",
            "Follows it to the end; when the command is interrupted, or the service restarted, the"
                    + " rebuild goes on. The version that was live before is kept for a rollback; one"
                    + " that was kept so far is dropped.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog views rebuild",
            "  ./cartlog views rebuild --promote manual --budget 500",
            "  ./cartlog views rebuild --max-change 0",
            "  ./cartlog views rebuild --dry-run"
        })
final class ViewsRebuildCommand implements Callable<Integer> {
    /// Who changes over.
    enum Promote {
        auto,
        manual
    }

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin ViewOptions view = new ViewOptions();

    @Option(
            names = "--from",
            paramLabel = "WHERE",
            defaultValue = "earliest",
            description =
                    "earliest: a view of part of the log would lack what the rest did (default:"
                            + " ${DEFAULT-VALUE})")
    String from = "earliest";

    @Option(
            names = "--promote",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description =
                    "auto: as soon as the new version is level; manual: by ./cartlog views promote"
                            + " (default: ${DEFAULT-VALUE})")
    Promote promote = Promote.auto;

    @Option(
            names = "--max-change",
            paramLabel = "N",
            description = "promote only if at most so many items would change")
    @Nullable Long maxChange;

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "writes a second at most; 0 is as many as the store takes (default:"
                            + " ${DEFAULT-VALUE})")
    int budget;

    @Option(
            names = "--dry-run",
            description = "writes nothing; says what would be read, written and changed")
    boolean dryRun;

    @Option(names = "--detach", description = "returns as soon as the rebuild is ordered")
    boolean detach;

    @Override
    public Integer call() throws InterruptedException {
        Checks.require(
                from.equals("earliest"),
                spec,
                "--from is earliest: each account's view is a fold of all its events");
        Checks.require(budget >= 0, spec, "--budget is 0 or more");
        Checks.require(maxChange == null || maxChange >= 0, spec, "--max-change is 0 or more");
        if (dryRun) {
            return tryOut();
        }
        JsonNode status = view.post("rebuild", parameters());
        if (detach) {
            view.terminal().print(view.output.json() ? Json.pretty(status) : StatusText.of(status));
            return ExitCode.DONE;
        }
        return new Watch(view).follow(status);
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("promote", promote.name());
        parameters.put("budget", Integer.toString(budget));
        if (maxChange != null) {
            parameters.put("maxChange", Long.toString(maxChange));
        }
        return parameters;
    }

    private int tryOut() {
        JsonNode report = view.report("verify", Map.of());
        view.terminal().print(view.output.json() ? Json.pretty(report) : ReportText.dryRun(report));
        return ExitCode.DONE;
    }
}
