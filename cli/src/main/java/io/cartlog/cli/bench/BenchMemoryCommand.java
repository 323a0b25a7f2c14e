package io.cartlog.cli.bench;

import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Gauge;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "memory",
        description = {
            "Fills the decider with carts, tells what memory it takes, and restarts it.",
            "",
            "The store is that of the running stack: CARTLOG_STREAMS_STORE=rocksdb and the",
            "heap in CARTLOG_JAVA_OPTS_COMMAND_SERVICE=-Xmx1400m must be set for up and here.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog up --only local-stack,authorization-server,command-service",
            "  ./cartlog bench memory --accounts 100000"
        })
public final class BenchMemoryCommand implements Callable<Integer> {
    private static final String DECIDER = "command-service";

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "with a cart (default: ${DEFAULT-VALUE})")
    long accounts = 1_000_000;

    @Option(
            names = "--lines",
            paramLabel = "N",
            defaultValue = "5",
            description = "of each cart (default: ${DEFAULT-VALUE})")
    int lines = 5;

    /// @param perSecond carts
    /// @param emptyMb resident memory before
    /// @param filledMb resident memory when all carts were there, garbage included
    /// @param restartSeconds from the order to stop until it decides again
    /// @param restartedMb resident memory then
    record Report(
            long accounts,
            int lines,
            double fillSeconds,
            long perSecond,
            long emptyMb,
            long filledMb,
            double restartSeconds,
            long restartedMb) {}

    @Override
    public Integer call() throws InterruptedException {
        Checks.require(accounts >= 1, spec, "--accounts must be at least 1");
        Checks.require(lines >= 1 && lines <= 100, spec, "--lines must lie in [1, 100]");
        Terminal terminal = Terminal.of(spec);
        Report report = measure(terminal);
        terminal.print(output.json() ? Json.pretty(report) : text(report));
        return ExitCode.DONE;
    }

    private Report measure(Terminal terminal) throws InterruptedException {
        StackStatus stack = stackOptions.stack().status();
        long empty = megabytes(stack);
        long start = System.nanoTime();
        fill(stack, terminal);
        double filling = seconds(start);
        long filled = megabytes(stackOptions.stack().status());
        long stop = System.nanoTime();
        StackStatus again = stackOptions.stack().restart(DECIDER, terminal::say);
        double restarting = seconds(stop);
        return new Report(
                accounts,
                lines,
                filling,
                Math.round(accounts / filling),
                empty,
                filled,
                restarting,
                megabytes(again));
    }

    private void fill(StackStatus stack, Terminal terminal) throws InterruptedException {
        try (Gauge gauge = terminal.gauge("fill", "carts", accounts);
                DeciderLoad load = new DeciderLoad(stack.kafka(), new WholeCarts(lines))) {
            Recorder recorder = load.run(accounts, gauge::at);
            if (!recorder.errors().isEmpty()) {
                throw new CommandFailedException("not every cart is there: " + recorder.errors());
            }
        }
    }

    private static long megabytes(StackStatus stack) {
        for (ProcessStatus process : stack.processes()) {
            Long bytes = process.rssBytes();
            if (process.name().equals(DECIDER) && process.up() && bytes != null) {
                return bytes >> 20;
            }
        }
        throw new CommandFailedException(
                "command-service is not up; start it with ./cartlog up --only"
                        + " local-stack,authorization-server,command-service");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static String text(Report r) {
        return """
        %,d carts of %d lines in %.0f s, %,d/s
        memory of command-service: %,d MB before, %,d MB with all carts
        restart: %.1f s until it decides again, %,d MB then\
        """
                .formatted(
                        r.accounts(),
                        r.lines(),
                        r.fillSeconds(),
                        r.perSecond(),
                        r.emptyMb(),
                        r.filledMb(),
                        r.restartSeconds(),
                        r.restartedMb());
    }
}
