package io.cartlog.cli.stack;

import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Start what does not run, and wait until it is healthy.",
            "",
            "Kafka, DynamoDB Local, S3 and PostgreSQL run as one process, each service and the"
                    + " authorization server as one of its own; all stay when this command ends."
                    + " Logs are in logs/ of the data folder."
        })
public final class UpCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin final StackOptions options = new StackOptions();
    @Mixin final TextOutput output = new TextOutput();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description =
                    "start these processes only: local-stack, authorization-server,"
                            + " projection-service, analytics-sink, command-service")
    @Nullable Set<String> only;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(spec);
        StackStatus status = options.stack().up(wanted(), terminal::say);
        terminal.print(StatusReport.of(status, output.json()));
        return ExitCode.DONE;
    }

    private Set<StackProcess> wanted() {
        if (only == null) {
            return EnumSet.allOf(StackProcess.class);
        }
        return only.stream()
                .map(this::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(StackProcess.class)));
    }

    private StackProcess named(String name) {
        return StackProcess.named(name)
                .orElseThrow(() ->
                        new ParameterException(
                                spec.commandLine(),
                                "no process is named %s; there are %s"
                                        .formatted(name, StackProcess.names())));
    }
}
