package io.cartlog.cli.stack;

import io.cartlog.cli.terminal.Checks;
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
                    + " Logs are in logs/ of the data folder.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog up",
            "  ./cartlog up --projections 2",
            "  ./cartlog up --only local-stack,authorization-server,command-service"
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

    @Option(
            names = "--projections",
            paramLabel = "N",
            description =
                    "1 or 2: with a second projection-service reads go on when one is gone; a later"
                            + " up starts it again (default: as many as were started, else 1)")
    @Nullable Integer projections;

    @Override
    public Integer call() {
        Checks.require(
                projections == null || projections == 1 || projections == 2,
                spec,
                "--projections is 1 or 2");
        Terminal terminal = Terminal.of(spec);
        Stack stack = options.stack();
        StackStatus status = stack.up(wanted(stack), terminal::say);
        terminal.print(StatusReport.of(status, output.json()));
        return ExitCode.DONE;
    }

    private Set<StackProcess> wanted(Stack stack) {
        Set<StackProcess> wanted = only == null ? stack.usual() : named(only);
        if (projections != null && projections == 2) {
            wanted.add(StackProcess.PROJECTION_SERVICE_2);
        }
        return wanted;
    }

    private Set<StackProcess> named(Set<String> names) {
        return names.stream()
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
