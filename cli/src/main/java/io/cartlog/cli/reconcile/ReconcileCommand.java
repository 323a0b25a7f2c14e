package io.cartlog.cli.reconcile;

import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "reconcile",
        description = {
            "Folds the whole log and compares: every item of the views, every range of offsets in"
                    + " lake and warehouse, counts, sums and digests. What differs is named, and"
                    + " then the exit code is 3.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog reconcile",
            "  ./cartlog reconcile --output json | jq .differences"
        })
public final class ReconcileCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stack = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        Stack asked = stack.stack();
        StackStatus status = asked.status();
        Reconciliation result =
                new Reconciler(status.projection(), status.sink(), asked.opsTokens(), terminal)
                        .reconcile();
        terminal.print(output.json() ? Json.pretty(result) : ReconciliationText.of(result));
        return result.reconciled() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
