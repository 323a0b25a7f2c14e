package io.cartlog.cli.stack;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Stop what runs. The data stays, unless --wipe is given.")
public final class DownCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin final StackOptions options = new StackOptions();

    @Option(names = "--wipe", description = "delete the data folder too")
    boolean wipe;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        Stack stack = options.stack();
        stack.down(terminal::say);
        if (wipe) {
            stack.wipe();
            terminal.say(stack.settings().data() + " deleted");
        }
        return ExitCode.DONE;
    }
}
