package io.cartlog.cli.stack;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Show every address and process; exit code 3 when something is not up.")
public final class StatusCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin final StackOptions options = new StackOptions();
    @Mixin final TextOutput output = new TextOutput();

    @Override
    public Integer call() {
        StackStatus status = options.stack().status();
        Terminal.of(spec).print(StatusReport.of(status, output.json()));
        return status.allUp() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }
}
