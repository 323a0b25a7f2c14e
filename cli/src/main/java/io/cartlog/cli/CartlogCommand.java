package io.cartlog.cli;

import io.cartlog.cli.bench.BenchCommand;
import io.cartlog.cli.chaos.ChaosCommand;
import io.cartlog.cli.demo.DemoCommand;
import io.cartlog.cli.dlq.DlqCommand;
import io.cartlog.cli.imports.ImportCommand;
import io.cartlog.cli.lake.LakeCommand;
import io.cartlog.cli.load.LoadCommand;
import io.cartlog.cli.log.EventsCommand;
import io.cartlog.cli.reconcile.ReconcileCommand;
import io.cartlog.cli.report.ReportCommand;
import io.cartlog.cli.sink.SinkCommand;
import io.cartlog.cli.sink.WarehouseCommand;
import io.cartlog.cli.stack.DownCommand;
import io.cartlog.cli.stack.EnvironmentVariables;
import io.cartlog.cli.stack.StackException;
import io.cartlog.cli.stack.StatusCommand;
import io.cartlog.cli.stack.UpCommand;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.token.TokenCommand;
import io.cartlog.cli.views.ViewsCommand;
import io.cartlog.cli.warehouse.SqlCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Start of the process.
@Command(
        name = "cartlog",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = CartlogVersion.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "One append-only log of cart events; views for shoppers, lake and warehouse for"
                    + " analysts, and a proof that they agree.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it went wrong; the reason is on stderr",
            "2:not a command, option or value that there is",
            "3:it ran, and what it compared differs"
        })
public final class CartlogCommand implements Runnable {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    public static void main(String[] args) {
        // Scripts read the numbers: no country's commas.
        Locale.setDefault(Locale.ROOT);
        CommandLine commandLine =
                commandLine()
                        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        System.exit(run(commandLine, args));
    }

    private static int run(CommandLine commandLine, String... args) {
        try {
            EnvironmentVariables.check(System.getenv().keySet());
        } catch (IllegalArgumentException e) {
            commandLine.getErr().println("cartlog: " + e.getMessage());
            return ExitCode.USAGE;
        }
        return commandLine.execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new CartlogCommand())
                .addSubcommand(new UpCommand())
                .addSubcommand(new DownCommand())
                .addSubcommand(new StatusCommand())
                .addSubcommand(new TokenCommand())
                .addSubcommand(new DemoCommand())
                .addSubcommand(new LoadCommand())
                .addSubcommand(new ImportCommand())
                .addSubcommand(new ReconcileCommand())
                .addSubcommand(new ViewsCommand())
                .addSubcommand(new DlqCommand())
                .addSubcommand(new SinkCommand())
                .addSubcommand(new WarehouseCommand())
                .addSubcommand(new EventsCommand())
                .addSubcommand(new ReportCommand())
                .addSubcommand(new SqlCommand())
                .addSubcommand(new LakeCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new ChaosCommand())
                .setExecutionExceptionHandler(CartlogCommand::failed);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do");
    }

    /// A failure that was foreseen is a sentence; any other is a fault of ours and shows its trace.
    private static int failed(
            Exception trouble, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (trouble instanceof CommandFailedException || trouble instanceof StackException) {
            err.println("cartlog: " + trouble.getMessage());
        } else {
            trouble.printStackTrace(err);
        }
        return ExitCode.FAILED;
    }
}
