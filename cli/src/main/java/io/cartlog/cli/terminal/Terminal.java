package io.cartlog.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/// Where a command prints: results to `out`, everything else to `err`.
///
/// @param interactive whether a person looks at it, and not a file or a pipe
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
    private static final Duration LINE_EVERY = Duration.ofSeconds(3);

    /// The Java platform has gone back and forth on whether there is a console without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    public static Terminal of(CommandSpec spec) {
        Console console = System.console();
        return new Terminal(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                console != null && console.isTerminal());
    }

    /// The same, with progress in lines.
    public Terminal plain() {
        return new Terminal(out, err, false);
    }

    /// A result.
    public void print(Object text) {
        out.println(text);
        out.flush();
    }

    /// A word on what is going on.
    public void say(String line) {
        err.println(line);
        err.flush();
    }

    /// Shows how a piece of work goes on; to be closed when it is done.
    public Gauge gauge(String what, String unit, long total) {
        return interactive
                ? new BarGauge(what, unit, total, this::overwrite, () -> say(""))
                : new LineGauge(what, unit, total, LINE_EVERY, this::say, System::nanoTime);
    }

    private void overwrite(String line) {
        err.print("\r" + line);
        err.flush();
    }
}
