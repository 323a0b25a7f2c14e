package io.cartlog.cli.chaos;

import io.cartlog.cli.chaos.Traffic.Outcome;
import io.cartlog.cli.chaos.Views.Proof;
import io.cartlog.cli.service.Service;
import io.cartlog.cli.stack.Stack;
import io.cartlog.cli.stack.StackOptions;
import io.cartlog.cli.stack.StackStatus;
import io.cartlog.cli.stack.StackStatus.ProcessStatus;
import io.cartlog.cli.terminal.Checks;
import io.cartlog.cli.terminal.CommandFailedException;
import io.cartlog.cli.terminal.ExitCode;
import io.cartlog.cli.terminal.Json;
import io.cartlog.cli.terminal.Terminal;
import io.cartlog.cli.terminal.TextOutput;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "outage",
        description = {
            "Takes DynamoDB away from the projection for a while, under load.",
            "",
            "No command may fail, and everything that was accepted must be in the views when it is"
                    + " back. Reads of the views cannot be answered meanwhile. projection-service is"
                    + " started anew before, to reach the store through a door of this command, and"
                    + " after. It adds accounts chaos-... to the log of that stack.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./cartlog chaos outage --seconds 60",
            "  ./cartlog chaos outage --seconds 5 --output json | jq .held"
        })
final class ChaosOutageCommand implements Callable<Integer> {
    private static final String PROJECTION = "projection-service";
    private static final String STORE = "CARTLOG_DYNAMODB_ENDPOINT";

    @SuppressWarnings("NullAway.Init")
    @Spec
    CommandSpec spec;

    @Mixin StackOptions stackOptions = new StackOptions();
    @Mixin TrafficOptions traffic = new TrafficOptions();
    @Mixin TextOutput output = new TextOutput();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "60",
            description = "without the store (default: ${DEFAULT-VALUE})")
    int seconds = 60;

    /// What was seen.
    ///
    /// @param held whether every command was accepted and is in the views
    /// @param behind events that the views lacked at the end of the outage
    /// @param caughtUpAfter seconds from the end of the outage, under the same load
    record Report(
            boolean held,
            int seconds,
            Outcome commands,
            long behind,
            double caughtUpAfter,
            Proof proof) {
        String text() {
            return "%d s without DynamoDB\ncommands: %s\nviews: %,d events behind at its end, level after %.1f s; %s\n%s"
                    .formatted(
                            seconds,
                            commands.text(),
                            behind,
                            caughtUpAfter,
                            proof.text(),
                            held ? "Nothing was lost." : "Something was lost.");
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        traffic.check();
        Checks.require(seconds >= 1 && seconds <= 3_600, spec, "--seconds lies in [1, 3600]");
        Stack stack = stackOptions.stack();
        StackStatus status = stack.status();
        requireUp(status);
        Terminal terminal = Terminal.of(spec);
        try (StoreDoor door = new StoreDoor(URI.create(status.dynamodb()))) {
            Stack through = stack.with(Map.of(STORE, door.address().toString()));
            Report report = report(through, door, terminal);
            terminal.print(output.json() ? Json.pretty(report) : report.text());
            return report.held() ? ExitCode.DONE : ExitCode.DIFFERENCE;
        }
    }

    /// Lake and warehouse may be down.
    private static void requireUp(StackStatus status) {
        Set<String> up =
                status.processes().stream()
                        .filter(ProcessStatus::up)
                        .map(ProcessStatus::name)
                        .collect(Collectors.toSet());
        if (!up.containsAll(List.of("command-service", PROJECTION))) {
            throw new CommandFailedException(
                    "command-service and projection-service must be up: ./cartlog up");
        }
    }

    private Report report(Stack through, StoreDoor door, Terminal terminal)
            throws IOException, InterruptedException {
        Stack stack = stackOptions.stack();
        List<String> projections = projections(stack);
        try {
            projections.forEach(name -> through.restart(name, terminal::say));
            return run(stack, door, terminal);
        } finally {
            projections.forEach(name -> stack.restart(name, terminal::say));
        }
    }

    private static List<String> projections(Stack stack) {
        return stack.status().processes().stream()
                .map(ProcessStatus::name)
                .filter(name -> name.startsWith(PROJECTION))
                .toList();
    }

    private Report run(Stack stack, StoreDoor door, Terminal terminal)
            throws IOException, InterruptedException {
        StackStatus status = stack.status();
        Views views =
                new Views(
                        new Service(PROJECTION, status.projection(), stack.opsTokens()), terminal);
        Shoppers shoppers = traffic.arrived(status, stack.opsTokens(), terminal);
        try (Traffic writers = traffic.writers(shoppers)) {
            terminal.say("DynamoDB is away for %d s".formatted(seconds));
            door.shut();
            Thread.sleep(seconds * 1_000L);
            long behind = views.lag();
            door.open();
            long since = System.nanoTime();
            views.awaitNearly(behind);
            double caughtUp = (System.nanoTime() - since) / 1e9;
            Outcome commands = writers.end();
            views.awaitAll();
            Proof proof = views.verify();
            boolean held =
                    commands.allWrong() == 0 && commands.good() > 0 && behind > 0 && proof.holds();
            return new Report(held, seconds, commands, behind, caughtUp, proof);
        }
    }
}
