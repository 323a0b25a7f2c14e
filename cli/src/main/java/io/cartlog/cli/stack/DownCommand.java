package io.cartlog.cli.stack;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "down", mixinStandardHelpOptions = true)
public final class DownCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new StackException("not there yet");
    }
}
